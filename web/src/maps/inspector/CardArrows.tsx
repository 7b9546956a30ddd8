/** The arrows of a card: what it leads to and what leads to it; written here, so that they need no mouse. */
import { ActionIcon, Group, Select, Stack, UnstyledButton } from '@mantine/core'
import { IconArrowNarrowLeft, IconArrowNarrowRight, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { InspectorSection } from '@/ui/InspectorPanel'
import { focusPart } from '../focus'
import { useLibrary } from '../library'
import { useChoosing } from '../selection'
import { useMap, useSession } from '../session'

export function CardArrows({ id }: { id: string }) {
  const t = useT('maps')
  const { run, readOnly } = useSession()
  const { select } = useChoosing()
  const { touchpoints } = useLibrary()
  const [choosing, setChoosing] = useState(false)
  const arrows = useMap((snapshot) => snapshot.arrows)
  const cards = useMap((snapshot) => snapshot.cards)
  const stages = useMap((snapshot) => snapshot.stages)
  const own = arrows.filter((arrow) => arrow.from_card === id || arrow.to_card === id)
  const name = (other: string) => {
    const card = cards.get(other)
    return plainText(card?.text ?? '') || (card?.touchpoint && touchpoints.get(card.touchpoint)?.name) || t('card_empty')
  }
  const reached = new Set(own.filter((arrow) => arrow.from_card === id).map((arrow) => arrow.to_card))
  // All other cards, only for whom looks for one: a thousand of them in every inspector is not quick.
  const targets = !choosing ? [] : stages.map((stage) => ({
    group: stage.name || t('stage'),
    items: [...cards.values()]
      .filter((card) => card.stage === stage.id && card.id !== id && !reached.has(card.id))
      .map((card) => ({ value: card.id, label: name(card.id) })),
  }))
  if (readOnly && own.length === 0) return null
  return (
    <InspectorSection title={t('arrows')}>
      <Stack gap={6}>
        {own.map((arrow) => {
          const away = arrow.from_card === id
          const other = away ? arrow.to_card : arrow.from_card
          const Icon = away ? IconArrowNarrowRight : IconArrowNarrowLeft
          return (
            <Group key={arrow.id} gap={6} wrap="nowrap" justify="space-between">
              <UnstyledButton
                fz="sm"
                onClick={() => {
                  select({ kind: 'card', id: other })
                  focusPart('card', other)
                }}
              >
                <Icon size={15} className="hs-mirror" aria-label={t(away ? 'arrow_to' : 'arrow_from')} /> <bdi>{name(other)}</bdi>
              </UnstyledButton>
              {!readOnly && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t('delete_arrow', { name: name(other) })}
                  onClick={() => run({ do: 'delete_arrow', id: arrow.id })}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </Group>
          )
        })}
        {!readOnly && (
          <Select
            aria-label={t('add_arrow')}
            placeholder={t('add_arrow')}
            data={targets.filter((group) => group.items.length > 0)}
            value={null}
            onFocus={() => setChoosing(true)}
            onBlur={() => setChoosing(false)}
            onChange={(to) => to && run({ do: 'add_arrow', from_card: id, to_card: to })}
            searchable
            nothingFoundMessage={t('ui:nothing_found')}
            size="sm"
          />
        )}
      </Stack>
    </InspectorSection>
  )
}
