/** A card; for a touchpoint also where it is bound, what happened at it, and where people went next. */
import { Button, Checkbox, Select, Stack } from '@mantine/core'
import type { Card } from '@/editor/model'
import { COMMITMENTS, proposedCommitment } from '@/editor/review/commitment'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { OwnerField } from '@/library/OwnerField'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { useIsDay } from '../board/DayAxis'
import { useLaneName } from '../board/LaneHead'
import { CommentOn } from '../comments/CommentOn'
import { FilesSection } from '../files/FilesSection'
import { useLibrary } from '../library'
import { useMeasured } from '../measured/context'
import { useCard, useMap, useSession } from '../session'
import { DeleteButton } from './DeleteButton'
import { CardArrows } from './CardArrows'
import { CardLook } from './CardLook'
import { CardText } from './CardText'
import { ContentField } from './ContentField'
import { EvidenceFields } from './EvidenceFields'
import { TimeField } from './TimeField'
import { FitField } from './FitField'
import { ScoreFields } from './ScoreFields'
import { TargetsSection } from '../targets/TargetsSection'
import { TouchpointBinding } from './TouchpointBinding'
import { TouchpointHappened } from './TouchpointHappened'

const HAVE_FIT = new Set(['goals', 'expectations'])

export function CardInspector({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT('maps')
  const card = useCard(id)
  const { run, readOnly } = useSession()
  const { touchpoints, contents } = useLibrary()
  const lane = useMap((snapshot) => snapshot.lanes.find((one) => one.id === card?.lane))
  const laneName = useLaneName(lane ?? { id: '', kind: 'text' })
  const stage = useMap((snapshot) => snapshot.stages.find((one) => one.id === card?.stage))
  const { cards } = useMeasured()
  const isDay = useIsDay()
  if (!card) return null
  const touchpoint = card.touchpoint ? touchpoints.get(card.touchpoint) : undefined
  const name = touchpoint?.name ?? contents.get(card.content ?? '')?.name ?? ''
  const isTouchpoint = lane?.kind === 'touchpoints' || card.touchpoint !== undefined
  const set = (fields: Record<string, unknown>) => run({ do: 'set_card', id, fields })
  const numbers = cards.get(id)
  // What is not bound has no numbers: binding it comes first.
  const bound = (touchpoint?.matcher?.events.length ?? 0) > 0
  return (
    <InspectorPanel
      title={plainText(card.text) || name || t('card_empty')}
      kind={`${laneName} · ${stage?.name ?? ''}`}
      onClose={onClose}
      footer={
        <DeleteButton
          label={t('delete_card')}
          onDelete={() => {
            run({ do: 'delete_card', id })
            onClose()
          }}
        />
      }
    >
      <CommentOn part="card" target={id} />
      {isTouchpoint && bound && numbers && <TouchpointHappened card={card} numbers={numbers} />}
      {isTouchpoint && !bound && <TouchpointBinding card={card} set={set} />}
      <InspectorSection title={t('section.what')}>
        <Stack gap="sm">
          <CardText value={card.text} placeholder={name} onSave={(text) => set({ text })} readOnly={readOnly} />
          {HAVE_FIT.has(lane?.kind ?? '') && <FitField card={card} onSave={set} readOnly={readOnly} />}
          {lane?.kind === 'opportunities' && <ScoreFields card={card} onSave={set} readOnly={readOnly} />}
          {!isTouchpoint && <EvidenceFields card={card} onSave={set} readOnly={readOnly} />}
          {isDay && <TimeField label={t('maps/board:day.at')} time={card.at} onSave={(at) => set({ at })} readOnly={readOnly} />}
          {lane?.kind === 'actions' && <CommitmentField card={card} onSave={set} readOnly={readOnly} />}
          <OwnerField label={t('owner')} owner={card.owner} onSave={(owner) => set({ owner })} readOnly={readOnly} />
          {(lane?.kind === 'actions' || isTouchpoint) && (
            <Checkbox
              label={t('complaint')}
              checked={card.complaint ?? false}
              disabled={readOnly}
              onChange={(event) => set({ complaint: event.currentTarget.checked || null })}
              size="sm"
            />
          )}
          {(['moment_of_truth', 'hidden_need'] as const).map((mark) => (
            <Checkbox
              key={mark}
              label={t(`maps/cards:${mark}`)}
              description={t(`maps/cards:${mark}_help`)}
              checked={card[mark] ?? false}
              disabled={readOnly}
              onChange={(event) => set({ [mark]: event.currentTarget.checked || null })}
              size="sm"
            />
          ))}
        </Stack>
      </InspectorSection>
      {isTouchpoint && bound && <TouchpointBinding card={card} set={set} />}
      {(lane?.kind === 'content' || card.content) && <ContentField card={card} onSave={set} />}
      <CardLook card={card} onSave={set} readOnly={readOnly} />
      <FilesSection card={card} />
      {card.touchpoint && <TargetsSection scope={{ touchpoint: card.touchpoint }} />}
      <CardArrows id={id} />
    </InspectorPanel>
  )
}

/** How far the customer goes; what the wording suggests stands there until the author confirms or corrects it. */
function CommitmentField({ card, onSave, readOnly }: {
  card: Card
  onSave: (fields: Record<string, unknown>) => void
  readOnly: boolean
}) {
  const t = useT('maps')
  const proposed = card.commitment === undefined ? proposedCommitment(card.text) : null
  return (
    <div>
      <Select
        label={t('commitment.label')}
        description={t('commitment.help')}
        data={COMMITMENTS.map((level) => ({ value: String(level), label: t(`commitment.${level}`) }))}
        value={card.commitment === undefined ? null : String(card.commitment)}
        placeholder={proposed === null ? t('commitment.none') : t('commitment.proposed', { level: t(`commitment.${proposed}`) })}
        onChange={(level) => onSave({ commitment: level === null ? null : Number(level) })}
        clearable
        readOnly={readOnly}
        size="sm"
      />
      {proposed !== null && !readOnly && (
        <Button size="compact-xs" variant="light" mt={6} onClick={() => onSave({ commitment: proposed })}>
          {t('commitment.confirm')}
        </Button>
      )}
    </div>
  )
}
