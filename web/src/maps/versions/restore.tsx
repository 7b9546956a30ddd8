/** Restoring from wherever a version is shown: what was is kept, and one click takes it back. */
import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useRestoreVersion } from './api'

export function useRestore(m: string): { restore: (v: string, onDone?: () => void) => void; pending: boolean } {
  const t = useT('maps/versions')
  const tell = useTellProblem()
  const { mutateAsync, isPending } = useRestoreVersion(m)

  async function restore(v: string, onDone?: () => void) {
    try {
      const { kept } = await mutateAsync(v)
      const id = `restored:${m}`
      notifications.hide(id)
      notifications.show({
        id,
        autoClose: 15_000,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{t(kept ? 'restored' : 'restored_same')}</Text>
            {kept && (
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => {
                  notifications.hide(id)
                  void restore(kept)
                }}
              >
                {t('ui:undo')}
              </Button>
            )}
          </Group>
        ),
      })
      onDone?.()
    } catch (problem) {
      tell(problem)
    }
  }
  return { restore: (v, onDone) => void restore(v, onDone), pending: isPending }
}
