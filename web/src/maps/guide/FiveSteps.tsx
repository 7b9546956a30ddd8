/** The five-step method: what for and whom, goals against behaviour, touchpoints, elements, and walking it oneself. */
import { Checkbox, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { ELEMENTS, type FiveStep } from '@/editor/guide/guide'
import type { Command } from '@/editor/commands'
import type { Card, Fit, MapKind, Stage } from '@/editor/model'
import { openLane } from '@/editor/reading'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import { LANE_KINDS } from '../laneKinds'
import { useCardsOf, useMap, useSession } from '../session'
import { PersonaStep } from './PersonaStep'
import { ObjectiveField } from './Preparation'
import { CardsField, EachStage, StageFeeling } from './Stages'
import classes from './guide.module.css'

export const FIVE_BODIES: Record<FiveStep, () => ReactNode> = {
  objective: () => (
    <Stack gap="sm">
      <ObjectiveField />
      <PersonaStep />
    </Stack>
  ),
  matching: () => <EachStage kind="goals">{(stage, index) => <Matching stage={stage} index={index} />}</EachStage>,
  touchpoints: () => <EachStage kind="touchpoints">{(stage, index) => <CardsField stage={stage} index={index} kind="touchpoints" />}</EachStage>,
  elements: () => <Elements />,
  walking: () => <EachStage kind="text">{(stage, index) => <Walk stage={stage} index={index} />}</EachStage>,
}

const FITS: readonly Fit[] = ['can', 'partly', 'cannot']

/** Each goal of a stage beside what customers do there. */
function Matching({ stage, index }: { stage: Stage; index: number }) {
  const t = useT('maps/guide')
  const goals = useCardsOf(stage.id, 'goals')
  const actions = useCardsOf(stage.id, 'actions')
  return (
    <>
      {actions.length > 0 && (
        <Text size="xs" className="hs-soft hs-plain">
          {t('they_do')}: {actions.map((card) => plainText(card.text)).join(t('ui:list_joiner'))}
        </Text>
      )}
      {goals.length === 0 && <Text size="xs">{t('no_goals')}</Text>}
      {goals.map((card) => (
        <Goal key={card.id} card={card} stage={stage} />
      ))}
      <CardsField stage={stage} index={index} kind="goals" />
    </>
  )
}

function Goal({ card, stage }: { card: Card; stage: Stage }) {
  const t = useT('maps/guide')
  const { map, run, readOnly, announce } = useSession()
  const opportunities = useCardsOf(stage.id, 'opportunities')

  function answer(fit: Fit) {
    const commands: Command[] = [{ do: 'set_card', id: card.id, fields: { fit } }]
    const text = t('opportunity_for', { goal: plainText(card.text) })
    // One opportunity for a goal, however often the answer is changed.
    if (fit === 'cannot' && !opportunities.some((one) => searchKey(one.text) === searchKey(text))) {
      const { lane, commands: opening } = openLane(map.snapshot, 'opportunities')
      commands.push(...opening, { do: 'add_card', stage: stage.id, lane, text })
      announce(t('opportunity_opened', { stage: stage.name, text }))
    }
    run(commands)
  }

  return (
    <div className={classes.goal}>
      <bdi>{plainText(card.text)}</bdi>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('fit.label', { goal: plainText(card.text) })}
        value={card.fit ?? ''}
        readOnly={readOnly}
        onChange={(fit) => answer(fit as Fit)}
        data={FITS.map((value) => ({ value, label: t(`fit.${value}`) }))}
      />
    </div>
  )
}

/** The kind of map, and which lanes it shows: those with cards are hidden rather than deleted. */
function Elements() {
  const t = useT('maps/guide')
  const kind = useMap((snapshot) => snapshot.meta.kind)
  const lanes = useMap((snapshot) => snapshot.lanes)
  const { map, run, readOnly } = useSession()
  const shows = (one: string) => lanes.some((lane) => lane.kind === one && !lane.hidden)

  function toggle(one: string) {
    if (!shows(one)) return run(openLane(map.snapshot, one).commands)
    return run(lanes.filter((lane) => lane.kind === one).map((lane) => ({ do: 'set_lane', id: lane.id, fields: { hidden: true } })))
  }

  return (
    <Stack gap="sm">
      <Select
        label={t('maps:kind.label')}
        data={(Object.keys(ELEMENTS) as MapKind[]).map((value) => ({ value, label: t(`maps:kind.${value}`) }))}
        value={kind}
        onChange={(next) => next && run({ do: 'set_map', fields: { kind: next } })}
        allowDeselect={false}
        readOnly={readOnly}
        size="sm"
      />
      <Checkbox.Group label={t('lanes')} value={LANE_KINDS.filter(shows)} size="sm">
        <div className={classes.elements}>
          {LANE_KINDS.map((one) => (
            <Checkbox
              key={one}
              value={one}
              size="xs"
              disabled={readOnly}
              onChange={() => toggle(one)}
              label={
                <>
                  {t(`maps:lane.${one}`)}
                  {ELEMENTS[kind].includes(one) && <span className="hs-faint"> · {t('needed')}</span>}
                </>
              }
            />
          ))}
        </div>
      </Checkbox.Group>
    </Stack>
  )
}

/** What was seen at a stage becomes a card that says so, and the way it felt a point of the curve. */
function Walk({ stage, index }: { stage: Stage; index: number }) {
  const t = useT('maps/guide')
  return (
    <>
      <StageFeeling stage={stage} label={t('felt', { stage: stage.name })} />
      <CardsField stage={stage} index={index} kind="text" label={t('seen', { stage: stage.name })} fields={{ evidence: { kind: 'observed', observed_at: new Date().toISOString() } }} />
    </>
  )
}
