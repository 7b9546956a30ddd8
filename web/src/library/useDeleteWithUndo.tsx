/** Deletes at once and offers to take it back, instead of asking beforehand. */
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useDelete, useMakeAgain } from './api'
import type { Content, Persona, Touchpoint } from './types'

interface Deletable {
  touchpoints: Touchpoint
  contents: Content
  personas: Persona
}

/** Taking back makes the item again, with all it said; it gets a new id. */
export function useDeleteWithUndo<K extends keyof Deletable>(kind: K): (item: Deletable[K], onGone: () => void) => void {
  const t = useT('library')
  const drop = useDelete(kind)
  const again = useMakeAgain(kind)
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
                  again.mutate(fieldsOf(item), { onError: tell })
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

const ADDED = new Set(['id', 'maps', 'updated_at'])

/** What its author said of an item, without what the server adds. */
function fieldsOf({ profile, ...item }: { id: string; profile?: object }): object {
  return Object.fromEntries(Object.entries({ ...item, ...profile }).filter(([name, value]) => !ADDED.has(name) && value !== '' && value !== null))
}
