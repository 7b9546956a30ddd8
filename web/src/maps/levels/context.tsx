/** Where the open map stands among the others, for the parts that show it. */
import { createContext, useContext, type ReactNode } from 'react'
import type { Levels } from './levels'

const NOWHERE: Levels = { path: [], places: [], details: [] }

const LevelsContext = createContext<Levels>(NOWHERE)

export const LevelsProvider = ({ levels, children }: { levels: Levels | undefined; children: ReactNode }) => (
  <LevelsContext.Provider value={levels ?? NOWHERE}>{children}</LevelsContext.Provider>
)

export const useLevelsHere = (): Levels => useContext(LevelsContext)
