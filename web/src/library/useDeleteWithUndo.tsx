/** Deletes at once and offers to take it back, instead of asking beforehand. */
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useDelete, useSave } from './api'
import type { Persona, Touchpoint } from './types'

interface Deletable {
  touchpoints: Touchpoint
  personas: Persona
}

/** Taking back makes the item again, with all it said; it gets a new id. */
export function useDeleteWithUndo<K extends keyof Deletable>(kind: K): (item: Deletable[K], onGone: () => void) => void {
  const t = useT('library')
  const drop = useDelete(kind)
  const save = useSave(kind)
  const tell = useTellProblem()
  return (item, onGone) =>
    drop.mutate(item.id, {
      onError: tell,
      onSuccess: () => {
        onGone()
        const notice = notifications.show({
          autoClose: 12_000,
          message: (
            <Group justify="space-between" wrap="nowrap">
              {t('deleted', { name: item.name })}
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => {
                  notifications.hide(notice)
                  save.mutate(fieldsOf(item) as Parameters<typeof save.mutate>[0], { onError: tell })
                }}
              >
                {t('ui:undo')}
              </Button>
            </Group>
          ),
        })
      },
    })
}

/** What its author said of an item, without what the server adds. */
function fieldsOf<T extends object>(item: T): T {
  const { id: _id, maps: _maps, updated_at: _at, ...fields } = item as T & { id?: string; maps?: unknown; updated_at?: string }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== null)) as T
}
