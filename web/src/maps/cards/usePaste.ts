/** Puts a clip at a place of the map, or says why not; what it brings is told. */
import { notifications } from '@mantine/notifications'
import { useCallback, useMemo } from 'react'
import { filesLeftBehind, paste, PasteRefused, type Clip, type Library } from '@/editor/clip'
import type { Place } from '@/editor/reach'
import { useT } from '@/i18n/locale'
import { useWorkspace } from '@/shell/session'
import { useLibrary, useTouchpointNamed } from '../library'
import { useSession } from '../session'
import { usePlaceName } from './placeName'

/** What a paste has to know of this workspace. */
export function usePasteLibrary(): Library {
  const { touchpoints } = useLibrary()
  const { id: workspace } = useWorkspace()
  const named = useTouchpointNamed()
  return useMemo(
    () => ({
      workspace,
      names: new Map([...touchpoints.values()].map((one) => [one.id, one.name])),
      idOf: (name) => named(name)?.id,
    }),
    [touchpoints, workspace, named],
  )
}

/** The ids of the new cards; null when nothing was changed. */
export function usePaste(): (clip: Clip, place: Place, after: string | null) => string[] | null {
  const t = useT('maps/cards')
  const { map, run, announce } = useSession()
  const library = usePasteLibrary()
  const placeName = usePlaceName()
  return useCallback(
    (clip, place, after) => {
      try {
        const { commands, ids } = paste(map, clip, place, after, library)
        if (run(commands).length === 0) return null
        const left = filesLeftBehind(clip, library.workspace)
        if (left > 0) notifications.show({ message: t('maps/files:left_behind', { count: left }), autoClose: 8000 })
        announce(t('pasted_n', { count: ids.length, ...placeName(map.card(ids[0]!)!) }))
        return ids
      } catch (error) {
        if (!(error instanceof PasteRefused)) throw error
        notifications.show({ color: 'red', message: t(`paste.${error.code}`, error.values), autoClose: 8000 })
        return null
      }
    },
    [t, map, run, announce, library, placeName],
  )
}
