/** Several cards at once: what they have in common, and what is given to all of them in one step. */
import { Checkbox, Stack } from '@mantine/core'
import { commonTags, deleteCards, setCards, tagCards } from '@/editor/manyCards'
import { useT } from '@/i18n/locale'
import { OwnerField } from '@/library/OwnerField'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { common } from '../cards/common'
import { useMap, useSession } from '../session'
import { DeleteButton } from './DeleteButton'
import { ColorField, TagsField } from './CardLook'

export function CardsInspector({ ids, onClose }: { ids: ReadonlySet<string>; onClose: () => void }) {
  const t = useT('maps/cards')
  const { map, run, readOnly, announce } = useSession()
  const all = useMap((snapshot) => snapshot.cards)
  const cards = [...ids].map((id) => all.get(id)).filter((card) => card !== undefined)
  const set = (fields: Record<string, unknown>) => run(setCards(map, ids, fields))
  return (
    <InspectorPanel
      title={t('selected_n', { count: cards.length })}
      kind={t('several')}
      onClose={onClose}
      footer={
        <DeleteButton
          label={t('delete_all')}
          onDelete={() => {
            const commands = deleteCards(map, ids)
            run(commands)
            onClose()
            announce(t('deleted_n', { count: commands.length }))
          }}
        />
      }
    >
      <InspectorSection title={t('in_common')}>
        <Stack gap="sm">
          <OwnerField label={t('maps:owner')} owner={common(cards, 'owner')} onSave={(owner) => set({ owner })} readOnly={readOnly} />
          <ColorField mixed={cards.some((card) => card.color !== cards[0]!.color)} color={common(cards, 'color')} onSave={(color) => set({ color })} readOnly={readOnly} />
          <TagsField tags={commonTags(map, ids)} onSave={(tags) => run(tagCards(map, ids, tags))} readOnly={readOnly} description={t('tags_common')} />
          {(['moment_of_truth', 'hidden_need'] as const).map((mark) => {
            const have = cards.filter((card) => card[mark]).length
            return (
              <Checkbox
                key={mark}
                label={t(mark)}
                checked={have === cards.length}
                indeterminate={have > 0 && have < cards.length}
                disabled={readOnly}
                onChange={() => set({ [mark]: have === cards.length ? null : true })}
                size="sm"
              />
            )
          })}
        </Stack>
      </InspectorSection>
    </InspectorPanel>
  )
}
