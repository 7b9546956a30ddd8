/** A card; for a touchpoint also where it is bound, what happened at it, and where people went next. */
import { Button, Checkbox, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '@/editor/commands'
import type { Card } from '@/editor/model'
import { COMMITMENTS, proposedCommitment } from '@/editor/review/commitment'
import { useT } from '@/i18n/locale'
import { useSave } from '@/library/api'
import { MatcherEditor } from '@/library/MatcherEditor'
import { ProfileEditor } from '@/library/ProfileEditor'
import { StandardEditor } from '@/library/StandardEditor'
import { useTellProblem } from '@/shell/problems'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { useParams } from 'react-router'
import { useLaneName } from '../board/LaneHead'
import { useLibrary } from '../library'
import { useMeasured } from '../measured/context'
import { useCard, useMap, useSession } from '../session'
import { CardArrows } from './CardArrows'
import { ContentField } from './ContentField'
import { OwnerField, WrittenField } from './fields'
import { TouchpointHappened } from './TouchpointHappened'

export function CardInspector({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT('maps')
  const card = useCard(id)
  const { run, readOnly } = useSession()
  const { touchpoints, contents } = useLibrary()
  const lane = useMap((snapshot) => snapshot.lanes.find((one) => one.id === card?.lane))
  const laneName = useLaneName(lane ?? { id: '', kind: 'text' })
  const stage = useMap((snapshot) => snapshot.stages.find((one) => one.id === card?.stage))
  const { cards } = useMeasured()
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
      title={card.text || name || t('card_empty')}
      kind={`${laneName} · ${stage?.name ?? ''}`}
      onClose={onClose}
      footer={
        readOnly ? undefined : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={() => {
              run({ do: 'delete_card', id })
              onClose()
            }}
          >
            {t('delete_card')}
          </Button>
        )
      }
    >
      {isTouchpoint && bound && numbers && <TouchpointHappened card={card} numbers={numbers} />}
      {isTouchpoint && !bound && <Binding card={card} set={set} />}
      <InspectorSection title={t('section.what')}>
        <Stack gap="sm">
          <WrittenField
            label={t('card_text')}
            value={card.text}
            placeholder={name}
            onSave={(text) => set({ text })}
            readOnly={readOnly}
            lines
          />
          {!isTouchpoint && <EvidenceField card={card} onSave={set} readOnly={readOnly} />}
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
        </Stack>
      </InspectorSection>
      {isTouchpoint && bound && <Binding card={card} set={set} />}
      {(lane?.kind === 'content' || card.content) && <ContentField card={card} onSave={set} />}
      <CardArrows id={id} />
    </InspectorPanel>
  )
}

function EvidenceField({ card, onSave, readOnly }: {
  card: Card
  onSave: (fields: Record<string, unknown>) => void
  readOnly: boolean
}) {
  const t = useT('maps')
  return (
    <Select
      label={t('evidence.label')}
      data={(['assumption', 'observed', 'stale'] as const).map((kind) => ({ value: kind, label: t(`evidence.${kind}`) }))}
      value={card.evidence?.kind ?? null}
      placeholder={t('evidence.none')}
      clearable
      readOnly={readOnly}
      onChange={(kind) => onSave({ evidence: kind ? { ...card.evidence, kind } : null })}
      size="sm"
    />
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

/** Which touchpoint of the library this card is, how needed it is here, and which events it is. */
function Binding({ card, set }: { card: Card; set: (fields: Record<string, unknown>) => void }) {
  const t = useT('maps')
  const { m } = useParams()
  const { touchpoints, channels } = useLibrary()
  const { readOnly } = useSession()
  const save = useSave('touchpoints')
  const tell = useTellProblem()
  const touchpoint = card.touchpoint ? touchpoints.get(card.touchpoint) : undefined

  async function makeTouchpoint() {
    try {
      const made = await save.mutateAsync({ name: card.text || t('new_touchpoint') })
      set({ touchpoint: made.id, need: card.need ?? 'optional' })
    } catch (error) {
      tell(error)
    }
  }

  return (
    <>
      <InspectorSection title={t('section.touchpoint')}>
        <Stack gap="sm">
          <Select
            label={t('library_touchpoint')}
            description={t('library_touchpoint_help')}
            placeholder={t('library_touchpoint_none')}
            data={[...touchpoints.values()].map((one) => ({ value: one.id, label: one.name }))}
            value={card.touchpoint ?? null}
            onChange={(id) => set({ touchpoint: id })}
            searchable
            clearable
            readOnly={readOnly}
            nothingFoundMessage={t('ui:nothing_found')}
            size="sm"
          />
          {!card.touchpoint && !readOnly && (
            <Button size="compact-sm" variant="light" onClick={() => void makeTouchpoint()} loading={save.isPending}>
              {t('make_touchpoint')}
            </Button>
          )}
          {touchpoint && (
            <>
              <Select
                label={t('channel')}
                placeholder={t('no_channel')}
                data={[...channels.values()].map((one) => ({ value: one.id, label: one.name }))}
                value={touchpoint.channel}
                onChange={(channel) => save.mutate({ id: touchpoint.id, channel }, { onError: tell })}
                clearable
                readOnly={readOnly}
                size="sm"
              />
              <Needed card={card} set={set} />
            </>
          )}
        </Stack>
      </InspectorSection>
      {touchpoint && (
        <InspectorSection title={t('section.events')}>
          <MatcherEditor
            key={touchpoint.id}
            touchpoint={touchpoint.id}
            map={m}
            matcher={touchpoint.matcher}
            readOnly={readOnly}
            saving={save.isPending}
            onSave={(matcher) => save.mutate({ id: touchpoint.id, matcher }, { onError: tell })}
          />
        </InspectorSection>
      )}
      {touchpoint && (
        <StandardEditor
          key={`standard-${touchpoint.id}`}
          touchpoint={touchpoint}
          map={m}
          readOnly={readOnly}
          saving={save.isPending}
          onSave={(fields) => save.mutate({ id: touchpoint.id, ...fields }, { onError: tell })}
        />
      )}
      {touchpoint && (
        <ProfileEditor
          key={`profile-${touchpoint.id}`}
          touchpoint={touchpoint}
          readOnly={readOnly}
          onSave={(fields) => save.mutate({ id: touchpoint.id, ...fields }, { onError: tell })}
        />
      )}
    </>
  )
}

const NEW_GROUP = '+'

function Needed({ card, set }: { card: Card; set: (fields: Record<string, unknown>) => void }) {
  const t = useT('maps')
  const { readOnly } = useSession()
  const cards = useMap((snapshot) => snapshot.cards)
  const [label] = useState(() => `need-${card.id}`)
  const groups = [...new Set([...cards.values()].filter((one) => one.stage === card.stage && one.group).map((one) => one.group!))]
  const mates = [...cards.values()].filter((one) => one.group === card.group && one.stage === card.stage && one.id !== card.id)
  const need = card.need ?? 'optional'

  function choose(next: string) {
    if (next === 'any_of') set({ need: next, group: card.group ?? groups[0] ?? newId() })
    else set({ need: next, group: null })
  }

  return (
    <div>
      <Text size="sm" fw={500} id={label}>
        {t('need.label')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={label}
        value={need}
        onChange={choose}
        readOnly={readOnly}
        data={(['required', 'optional', 'any_of'] as const).map((value) => ({ value, label: t(`need.${value}`) }))}
      />
      <Text size="xs" className="hs-faint" mt={4}>
        {t(`need.${need}_help`)}
      </Text>
      {need === 'any_of' && (
        <Group gap={6} mt={6}>
          <Text size="xs">
            {mates.length > 0 ? t('need.group_with', { cards: mates.map((one) => one.text).join(t('ui:list_joiner')) }) : t('need.group_alone')}
          </Text>
          {groups.length > 0 && (
            <Select
              size="xs"
              aria-label={t('need.group')}
              data={[
                ...groups.map((value, index) => ({ value, label: t('need.group_n', { n: index + 1 }) })),
                { value: NEW_GROUP, label: t('need.group_new') },
              ]}
              value={card.group ?? null}
              onChange={(group) => group && set({ group: group === NEW_GROUP ? newId() : group })}
              readOnly={readOnly}
            />
          )}
        </Group>
      )}
    </div>
  )
}
