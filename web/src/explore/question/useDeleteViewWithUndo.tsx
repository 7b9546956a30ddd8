import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useDeleteView, useSaveView, type View } from './views'

/** Deletes at once and offers to take it back: the view is made again, and is then the taker's own. */
export function useDeleteViewWithUndo(): (view: View, onGone?: () => void) => void {
  const t = useT('explore')
  const tell = useTellProblem()
  const drop = useDeleteView()
  const save = useSaveView()
  return (view, onGone) =>
    drop.mutate(view.id, {
      onError: tell,
      onSuccess: () => {
        onGone?.()
        const { name, question, request, address, shared } = view
        const notice = notifications.show({
          autoClose: 12_000,
          message: (
            <Group justify="space-between" wrap="nowrap">
              {t('view.deleted', { name })}
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => {
                  notifications.hide(notice)
                  save.mutate({ name, question, request, address, shared }, { onError: tell })
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
