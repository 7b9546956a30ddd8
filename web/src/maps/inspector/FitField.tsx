/** Of a customer's goal: whether we can serve it. Where we cannot, an opportunity is one press away. */
import { Button, SegmentedControl, Text } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useId } from 'react'
import { openOpportunity } from '@/editor/openOpportunity'
import type { Card, Fit } from '@/editor/model'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { focusPart } from '../focus'
import { useChoosing } from '../selection'
import { useMap, useSession } from '../session'
import type { Save } from './CardLook'

const NOT_SAID = ''

export function FitField({ card, onSave, readOnly }: { card: Card; onSave: Save; readOnly: boolean }) {
  const t = useT('maps/cards')
  const label = useId()
  const { map, run } = useSession()
  const { select } = useChoosing()
  const opened = useMap((snapshot) =>
    snapshot.arrows.some((arrow) => {
      const to = arrow.from_card === card.id ? snapshot.cards.get(arrow.to_card) : undefined
      return to !== undefined && snapshot.lanes.find((lane) => lane.id === to.lane)?.kind === 'opportunities'
    }),
  )
  function open() {
    const { commands, id } = openOpportunity(map.snapshot, card, t('fit.opportunity', { goal: plainText(card.text) }))
    if (run(commands).length === 0) return
    select({ kind: 'card', id })
    focusPart('card', id)
  }
  return (
    <div>
      <Text size="sm" fw={500} id={label}>
        {t('fit.label')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={label}
        value={card.fit ?? NOT_SAID}
        onChange={(fit) => onSave({ fit: (fit as Fit) || null })}
        readOnly={readOnly}
        data={[
          { value: NOT_SAID, label: t('fit.none') },
          ...(['can', 'partly', 'cannot'] as const).map((value) => ({ value, label: t(`fit.${value}`) })),
        ]}
      />
      {card.fit === 'cannot' && !opened && !readOnly && (
        <Button mt={6} size="compact-sm" variant="light" leftSection={<IconBulb size={15} aria-hidden="true" />} onClick={open}>
          {t('fit.open_opportunity')}
        </Button>
      )}
    </div>
  )
}
