/**
 * The two guides for authors: what each step asks of a map, and what of it is missing. What the review says too is taken
 * from its findings, so that both speak by the same rules (and are silent about those that are switched off). Pure.
 */
import type { Snapshot } from '../document'
import { readMap, type ReadMap } from '../reading'
import type { Finding, Rule } from '../review/review'

/** Something that is not there yet: on the whole map, or in one stage. */
export interface Lack {
  code:
    | 'no_stages' | 'no_persona' | 'persona_not_kept' | 'persona_unsaid'
    | 'no_objective' | 'no_scope'
    | 'no_problem' | 'no_actions' | 'no_thoughts' | 'no_emotion' | 'no_opportunities'
    | 'goal_unanswered' | 'cannot_without_opportunity' | 'no_touchpoints' | 'lane_missing' | 'not_walked'
  stage?: string
  /** What is missing: fields of a persona, kinds of lane. */
  what?: string[]
}

export interface StepState<K extends string = string> {
  key: K
  done: boolean
  lacks: readonly Lack[]
  findings: readonly Finding[]
}

export const SEVEN_STEPS = ['persona', 'script', 'goals', 'actions', 'feelings', 'opportunities', 'owners'] as const
export type SevenStep = (typeof SEVEN_STEPS)[number]

export const FIVE_STEPS = ['objective', 'matching', 'touchpoints', 'elements', 'walking'] as const
export type FiveStep = (typeof FIVE_STEPS)[number]

/** What the guide asks about a persona, in this order. */
export const PERSONA_ASKS = ['gender', 'age_range', 'job_title', 'education', 'pains', 'barriers', 'channels'] as const
export type PersonaAsk = (typeof PERSONA_ASKS)[number]
/** Without these the later steps stand on nothing: what hurts, and where the persona can be met. */
export const PERSONA_NEEDS: readonly PersonaAsk[] = ['job_title', 'pains', 'channels']

type Sheet = { [field in PersonaAsk]?: string | readonly string[] | null }
/** The library's personas by id. */
export type Sheets = ReadonlyMap<string, Sheet>

/** The lanes that each kind of map cannot be read without. */
export const ELEMENTS: Record<Snapshot['meta']['kind'], readonly string[]> = {
  current_state: ['actions', 'touchpoints', 'emotion'],
  future_state: ['actions', 'touchpoints', 'emotion'],
  day_in_the_life: ['actions', 'thoughts', 'emotion'],
  service_blueprint: ['evidence_physical', 'actions', 'frontstage', 'backstage', 'support'],
}

/** In which step each of the review's rules is said; those about words go with the lane of their card. */
const STEP_OF_RULE: Partial<Record<Rule, SevenStep>> = {
  channel_not_followed: 'persona',
  question_without_content: 'script',
  stage_without_goals: 'goals',
  commitment_jump: 'actions',
  no_complaint: 'actions',
  negative_without_opportunity: 'opportunities',
  stage_without_owner: 'owners',
  action_without_owner: 'owners',
}
const STEP_OF_LANE: Record<string, SevenStep> = { problem: 'script', goals: 'goals', expectations: 'goals', actions: 'actions' }

/** The seven steps of drawing a map, in order. `findings` are the review's of the same snapshot. */
export function sevenSteps(snapshot: Snapshot, findings: readonly Finding[], sheets: Sheets): StepState<SevenStep>[] {
  const map = readMap(snapshot)
  const lacks: Record<SevenStep, Lack[]> = {
    persona: personaLacks(map, sheets),
    script: perStage(map, 'no_problem', (stage) => map.in(stage, 'problem').length > 0),
    goals: perStage(map, null, () => true),
    actions: perStage(map, 'no_actions', (stage) => map.in(stage, 'actions').length > 0),
    feelings: [
      ...perStage(map, 'no_thoughts', (stage) => map.in(stage, 'thoughts').length + map.in(stage, 'feelings').length > 0),
      ...(map.stages.length === 0 ? [] : perStage(map, 'no_emotion', (stage) => feels(map, stage))),
    ],
    opportunities: map.stages.some((stage) => map.in(stage.id, 'opportunities').length > 0) ? [] : [{ code: map.stages.length > 0 ? 'no_opportunities' : 'no_stages' }],
    owners: perStage(map, null, () => true),
  }
  return SEVEN_STEPS.map((key) => state(key, lacks[key], findings.filter((one) => stepOf(map, one) === key)))
}

/** The steps of the five-step method, in order. */
export function fiveSteps(snapshot: Snapshot, findings: readonly Finding[], sheets: Sheets): StepState<FiveStep>[] {
  const map = readMap(snapshot)
  const said = (...rules: Rule[]) => findings.filter((one) => rules.includes(one.rule))
  const missing = ELEMENTS[map.meta.kind].filter((kind) => !map.lanes.some((lane) => lane.kind === kind && !lane.hidden))
  const goals = map.stages.flatMap((stage) => map.in(stage.id, 'goals').map((card) => ({ stage: stage.id, card })))
  return [
    state('objective', [...(map.meta.objective ? [] : [{ code: 'no_objective' } as const]), ...personaLacks(map, sheets)], []),
    state(
      'matching',
      [
        ...perStage(map, null, () => true),
        ...goals.filter(({ card }) => !card.fit).map(({ stage }) => ({ code: 'goal_unanswered', stage }) as const),
        ...goals.filter(({ stage, card }) => card.fit === 'cannot' && !map.in(stage, 'opportunities').length).map(({ stage }) => ({ code: 'cannot_without_opportunity', stage }) as const),
      ],
      said('stage_without_goals'),
    ),
    state('touchpoints', perStage(map, 'no_touchpoints', (stage) => map.in(stage, 'touchpoints').length > 0), said('touchpoint_not_bound', 'channel_not_followed'), true),
    state('elements', missing.length > 0 ? [{ code: 'lane_missing', what: missing }] : [], []),
    state('walking', perStage(map, 'not_walked', (stage) => walked(map, stage)), []),
  ]
}

/** What should be settled before the first card: what for, about whom, which experience. */
export function preparationLacks({ meta, personas, stages }: Snapshot): Lack[] {
  return [
    ...(meta.objective ? [] : [{ code: 'no_objective' } as const]),
    ...(personas.length > 0 ? [] : [{ code: 'no_persona' } as const]),
    ...(meta.scope ? [] : [{ code: 'no_scope' } as const]),
    ...(stages.length > 0 ? [] : [{ code: 'no_stages' } as const]),
  ]
}

export const doneOf = (steps: readonly StepState[]): number => steps.filter((one) => one.done).length

/** A stage was walked when something in it was seen, not only believed. */
const walked = (map: ReadMap, stage: string): boolean =>
  [...map.cards.values()].some((card) => card.stage === stage && card.evidence?.kind === 'observed')

const feels = (map: ReadMap, stage: string): boolean => [...map.emotions.values()].some((point) => point.stage === stage)

function personaLacks(map: ReadMap, sheets: Sheets): Lack[] {
  if (map.personas.length === 0) return [{ code: 'no_persona' }]
  const kept = map.personas.flatMap((one) => {
    const sheet = one.persona ? sheets.get(one.persona) : undefined
    return sheet ? [sheet] : []
  })
  if (kept.length === 0) return [{ code: 'persona_not_kept' }]
  const unsaid = PERSONA_NEEDS.filter((field) => !kept.some((sheet) => (sheet[field]?.length ?? 0) > 0))
  return unsaid.length > 0 ? [{ code: 'persona_unsaid', what: [...unsaid] }] : []
}

/** One lack for every stage that is not `there`; a map without stages lacks those first. `code` null asks only for stages. */
function perStage(map: ReadMap, code: Lack['code'] | null, there: (stage: string) => boolean): Lack[] {
  if (map.stages.length === 0) return [{ code: 'no_stages' }]
  return code === null ? [] : map.stages.filter((stage) => !there(stage.id)).map((stage) => ({ code, stage: stage.id }))
}

function stepOf(map: ReadMap, { rule, place }: Finding): SevenStep | null {
  if (rule === 'company_speak') {
    const lane = map.lanes.find((one) => one.id === map.cards.get(place.id)?.lane)
    return STEP_OF_LANE[lane?.kind ?? ''] ?? 'feelings'
  }
  return STEP_OF_RULE[rule] ?? null
}

/** `advice`: the findings are worth saying, but the step is done without them. */
function state<K extends string>(key: K, lacks: readonly Lack[], findings: readonly Finding[], advice = false): StepState<K> {
  return { key, lacks, findings, done: lacks.length === 0 && (advice || findings.length === 0) }
}
