/** Gives all of a stage that nobody answers for to the stage's owner, in one step of undo. */
import { Button } from '@mantine/core'
import { unownedIn } from '@/editor/owners'
import type { Stage } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useMap, useSession } from '../session'

export function GiveUnowned({ stage }: { stage: Stage }) {
  const t = useT('maps')
  const { map, run, readOnly, announce } = useSession()
  const count = useMap((snapshot) => unownedIn(snapshot, stage.id).length)
  const { owner } = stage
  if (!owner || count === 0 || readOnly) return null
  return (
    <Button
      size="compact-xs"
      variant="light"
      mt={6}
      onClick={() => {
        run(unownedIn(map.snapshot, stage.id).map((card) => ({ do: 'set_card', id: card.id, fields: { owner } })))
        announce(t('given_unowned', { owner: owner.name, stage: stage.name }))
      }}
    >
      {t('give_unowned', { count })}
    </Button>
  )
}
