/** The library's touchpoints, channels and contents by id, for the cards that refer to them. */
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { useChannels, useContents, useTouchpoints } from '@/library/api'
import type { Channel, Content, Touchpoint } from '@/library/types'

export interface Library {
  touchpoints: ReadonlyMap<string, Touchpoint>
  channels: ReadonlyMap<string, Channel>
  contents: ReadonlyMap<string, Content>
}

const LibraryContext = createContext<Library>({ touchpoints: new Map(), channels: new Map(), contents: new Map() })

export function LibraryProvider({ children }: { children: ReactNode }) {
  const touchpoints = useTouchpoints().data
  const channels = useChannels().data
  const contents = useContents().data
  const value = useMemo<Library>(
    () => ({
      touchpoints: new Map((touchpoints ?? []).map((one) => [one.id, one])),
      channels: new Map((channels ?? []).map((one) => [one.id, one])),
      contents: new Map((contents ?? []).map((one) => [one.id, one])),
    }),
    [touchpoints, channels, contents],
  )
  return <LibraryContext.Provider value={value}>{children}</LibraryContext.Provider>
}

/** Touchpoints and channels as they were: those that an old version carries with it. */
export function LibraryOf({ library, children }: { library: Library; children: ReactNode }) {
  return <LibraryContext.Provider value={library}>{children}</LibraryContext.Provider>
}

export const useLibrary = (): Library => useContext(LibraryContext)
