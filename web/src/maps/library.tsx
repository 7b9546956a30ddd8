/** The library's touchpoints, channels and contents by id, for the cards that refer to them. */
import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react'
import { searchKey } from '@/i18n/searchKey'
import { useChannels, useContents, useMembers, usePersonas, useTeams, useTouchpoints } from '@/library/api'
import type { Channel, Content, Persona, Touchpoint } from '@/library/types'
import type { MapPersona, Owner } from '@/editor/model'
import { useMap } from './session'

export interface Library {
  touchpoints: ReadonlyMap<string, Touchpoint>
  channels: ReadonlyMap<string, Channel>
  contents: ReadonlyMap<string, Content>
  personas: ReadonlyMap<string, Persona>
  /** Which touchpoints are bound to events is not told here. */
  hidesBinding?: boolean
  /** `member:<id>`, `team:<id>` -> what they are called now. */
  owners: ReadonlyMap<string, string>
}

const LibraryContext = createContext<Library>({ touchpoints: new Map(), channels: new Map(), contents: new Map(), personas: new Map(), owners: new Map() })

export function LibraryProvider({ children }: { children: ReactNode }) {
  const touchpoints = useTouchpoints().data
  const channels = useChannels().data
  const contents = useContents().data
  const personas = usePersonas().data
  const members = useMembers().data
  const teams = useTeams().data?.items
  const value = useMemo<Library>(
    () => ({
      touchpoints: new Map((touchpoints ?? []).map((one) => [one.id, one])),
      channels: new Map((channels ?? []).map((one) => [one.id, one])),
      contents: new Map((contents ?? []).map((one) => [one.id, one])),
      personas: new Map((personas ?? []).map((one) => [one.id, one])),
      owners: new Map([
        ...(members ?? []).map((one) => [`member:${one.id}`, one.name] as const),
        ...(teams ?? []).map((one) => [`team:${one.id}`, one.name] as const),
      ]),
    }),
    [touchpoints, channels, contents, personas, members, teams],
  )
  return <LibraryContext.Provider value={value}>{children}</LibraryContext.Provider>
}

/** Touchpoints and channels as they were: those that an old version carries with it. */
export function LibraryOf({ library, children }: { library: Library; children: ReactNode }) {
  return <LibraryContext.Provider value={library}>{children}</LibraryContext.Provider>
}

export const useLibrary = (): Library => useContext(LibraryContext)

/** The library's touchpoint of this name, however it is typed. */
export function useTouchpointNamed(): (name: string) => Touchpoint | undefined {
  const { touchpoints } = useLibrary()
  return useCallback((name) => [...touchpoints.values()].find((one) => searchKey(one.name) === searchKey(name)), [touchpoints])
}

/** What an owner is called now; one that is gone keeps the name the map knew. */
export function useOwnerName(owner: Owner | undefined): string {
  const { owners } = useLibrary()
  return owner ? (owners.get(`${owner.kind}:${owner.id}`) || owner.name) : ''
}

/** The map's personas as the library calls them now; one that it has not, or no more, keeps the name the map knew. */
export function useMapPersonas(): readonly (MapPersona & { sheet?: Persona })[] {
  const { personas } = useLibrary()
  const onMap = useMap((snapshot) => snapshot.personas)
  return useMemo(
    () =>
      onMap.map((one) => {
        const sheet = one.persona ? personas.get(one.persona) : undefined
        return sheet ? { ...one, name: sheet.name, sheet } : one
      }),
    [onMap, personas],
  )
}
