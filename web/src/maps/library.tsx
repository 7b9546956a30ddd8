/** The library's touchpoints and channels by id, for the cards that refer to them. */
import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react'
import { searchKey } from '@/i18n/searchKey'
import { useChannels, useTouchpoints } from '@/library/api'
import type { Channel, Touchpoint } from '@/library/types'

export interface Library {
  touchpoints: ReadonlyMap<string, Touchpoint>
  channels: ReadonlyMap<string, Channel>
}

const LibraryContext = createContext<Library>({ touchpoints: new Map(), channels: new Map() })

export function LibraryProvider({ children }: { children: ReactNode }) {
  const touchpoints = useTouchpoints().data
  const channels = useChannels().data
  const value = useMemo<Library>(
    () => ({
      touchpoints: new Map((touchpoints ?? []).map((one) => [one.id, one])),
      channels: new Map((channels ?? []).map((one) => [one.id, one])),
    }),
    [touchpoints, channels],
  )
  return <LibraryContext.Provider value={value}>{children}</LibraryContext.Provider>
}

export const useLibrary = (): Library => useContext(LibraryContext)

/** The library's touchpoint of this name, however it is typed. */
export function useTouchpointNamed(): (name: string) => Touchpoint | undefined {
  const { touchpoints } = useLibrary()
  return useCallback((name) => [...touchpoints.values()].find((one) => searchKey(one.name) === searchKey(name)), [touchpoints])
}
