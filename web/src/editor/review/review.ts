/**
 * What a careful reader would say of a map: each finding with its place and, where there is one, a fix. Pure: the same
 * snapshot, library and day give the same findings, in the order in which the map is read.
 */
import { searchKey } from '@/i18n/searchKey'
import type { Command } from '../commands'
import type { Snapshot } from '../document'
import type { Card, ChannelKind, Lane, MapKind, Owner, Stage } from '../model'
import { type ReadMap, readMap } from '../reading'
import { plainText } from '../richText'
import { type Commitment, proposedCommitment } from './commitment'
import { speaksOfCompany } from './companySpeak'

export const RULES = [
  'stage_without_goals', 'action_without_owner', 'commitment_jump', 'company_speak', 'thin_stage', 'question_without_content',
  'negative_without_opportunity', 'channel_not_followed', 'no_complaint', 'touchpoint_not_bound', 'stage_without_owner',
  'review_overdue',
] as const
export type Rule = (typeof RULES)[number]

export interface Place {
  kind: 'map' | 'stage' | 'card'
  id: string
}

/** A field of the inspector. */
export type Field = 'owner' | 'touchpoint' | 'events'

/** What one press can do about a finding: change the map, begin a new card or rewrite one, or go to the field that lacks. */
export type Fix =
  | { kind: 'run'; name: 'take_stage_owner' | 'reviewed'; commands: Command[] }
  | { kind: 'add_card'; laneKind: string; lane: string | null; stage: string; before?: string; complaint?: true; thin?: true }
  | { kind: 'rewrite'; card: string }
  | { kind: 'open'; place: Place; field: Field }

export interface Finding {
  rule: Rule
  place: Place
  /** What the sentence names: texts of the author and numbers. */
  says: Record<string, string | number>
  fix?: Fix
}

/** What the review has to know of the workspace's library. */
export interface ReviewLibrary {
  touchpoints: ReadonlyMap<string, { channel: string | null; matcher: { events: string[] } | null; name: string }>
  channels: ReadonlyMap<string, { name: string; kind: ChannelKind }>
  /** Library id of a persona -> the channels they follow, as their author wrote them. */
  followed: ReadonlyMap<string, readonly string[]>
}

/** Lanes in which the customer speaks. */
const CUSTOMER = new Set(['problem', 'goals', 'expectations', 'actions', 'thoughts', 'feelings', 'quotes', 'pains', 'gains'])
/** The kinds of map that follow a customer towards something; a blueprint or a day has no such way to go. */
const FOLLOWS: ReadonlySet<MapKind> = new Set(['current_state', 'future_state'])
/** Channels one follows or looks into by oneself; the shop, its courier or its phone meet whoever comes. */
const CHOSEN: ReadonlySet<ChannelKind> = new Set(['social', 'messenger', 'email', 'sms', 'search', 'ads'])
/** A stage is thin with less than this share of what stages usually have here; small maps are thin everywhere. */
const THIN = 1 / 3
const USUAL_AT_LEAST = 3
const REVIEWED_FOR_DAYS = 90

/** All findings, those of rules that are switched off on this map left out. `today` is an ISO date. */
export function review(snapshot: Snapshot, library: ReviewLibrary, today: string): Finding[] {
  const map = readMap(snapshot)
  const off = new Set((snapshot.meta.review_off ?? []).map((one) => one.rule))
  const found: Finding[] = []
  for (const rule of RULES) if (!off.has(rule)) found.push(...CHECKS[rule](map, library, today))
  return found
}

type Check = (map: ReadMap, library: ReviewLibrary, today: string) => Finding[]

const CHECKS: Record<Rule, Check> = {
  stage_without_goals: (map) =>
    map.stages
      .filter((stage) => (FOLLOWS.has(map.meta.kind) || map.lane('goals')) && map.in(stage.id, 'goals').length === 0)
      .map((stage) => finding('stage_without_goals', atStage(stage), { stage: stage.name }, newCard(map, stage, 'goals'))),

  action_without_owner: (map) =>
    map.stages.flatMap((stage) => {
      const loose = map.in(stage.id, 'actions').filter((card) => !card.owner)
      if (loose.length === 0) return []
      const fix = stage.owner ? takeOwner(loose, stage.owner) : openField(atCard(loose[0]!), 'owner')
      return [finding('action_without_owner', atCard(loose[0]!), { stage: stage.name, cards: loose.length }, fix)]
    }),

  commitment_jump: (map) => {
    const found: Finding[] = []
    if (!FOLLOWS.has(map.meta.kind)) return found
    let before: { card: Card; level: Commitment } | null = null
    for (const stage of map.stages) {
      for (const card of map.in(stage.id, 'actions')) {
        const level = commitmentOf(card)
        if (level === null) continue
        if (before && level - before.level > 1) {
          const says = { from: plainText(before.card.text), to: plainText(card.text), low: before.level, high: level }
          found.push(finding('commitment_jump', atCard(card), says, { kind: 'add_card', laneKind: 'actions', lane: card.lane, stage: stage.id, before: card.id }))
        }
        before = { card, level }
      }
    }
    return found
  },

  company_speak: (map) =>
    cardsInOrder(map)
      .filter(({ card, lane }) => CUSTOMER.has(lane.kind) && speaksOfCompany(card.text))
      .map(({ card }) => finding('company_speak', atCard(card), { text: plainText(card.text) }, { kind: 'rewrite', card: card.id })),

  thin_stage: (map) => {
    const counts = map.stages.map((stage) => map.lanes.reduce((sum, lane) => sum + (map.cells.get(`${stage.id}|${lane.id}`)?.length ?? 0), 0))
    return map.stages.flatMap((stage, at) => {
      const usual = median(counts.filter((_, other) => other !== at))
      if (usual < USUAL_AT_LEAST || counts[at]! >= usual * THIN) return []
      return [finding('thin_stage', atStage(stage), { stage: stage.name, cards: counts[at]!, usual }, cardWhereOthersHave(map, stage))]
    })
  },

  question_without_content: (map) =>
    map.stages.flatMap((stage) => {
      const open = map.in(stage.id, 'problem')
      if (open.length === 0 || map.in(stage.id, 'content').length > 0) return []
      const fix = newCard(map, stage, 'content')
      return open.map((card) => finding('question_without_content', atCard(card), { text: plainText(card.text), stage: stage.name }, fix))
    }),

  negative_without_opportunity: (map) =>
    map.stages.flatMap((stage) => {
      const lowest = Math.min(0, ...[...map.emotions.values()].filter((point) => point.stage === stage.id).map((point) => point.value))
      if (lowest >= 0 || map.in(stage.id, 'opportunities').length > 0) return []
      return [finding('negative_without_opportunity', atStage(stage), { stage: stage.name }, newCard(map, stage, 'opportunities'))]
    }),

  channel_not_followed: (map, library) => {
    const followed = map.personas.flatMap((persona) => (persona.persona ? (library.followed.get(persona.persona) ?? []) : []))
    if (followed.length === 0) return []
    const keys = followed.map(searchKey)
    return placedTouchpoints(map, library).flatMap(({ card, touchpoint }) => {
      const channel = touchpoint.channel ? library.channels.get(touchpoint.channel) : undefined
      if (!channel || !CHOSEN.has(channel.kind)) return []
      const own = searchKey(channel.name)
      if (keys.some((key) => key.includes(own) || own.includes(key))) return []
      return [finding('channel_not_followed', atCard(card), { text: plainText(card.text) || touchpoint.name, channel: channel.name }, openField(atCard(card), 'touchpoint'))]
    })
  },

  no_complaint: (map) => {
    const after = fromPurchase(map)
    if (after.length === 0) return []
    const complains = after.some((stage) => map.lanes.some((lane) => (map.cells.get(`${stage.id}|${lane.id}`) ?? []).some((id) => map.cards.get(id)!.complaint)))
    if (complains) return []
    return [finding('no_complaint', atStage(after[0]!), { stage: after[0]!.name }, { ...newCard(map, after.at(-1)!, 'actions'), complaint: true } as Fix)]
  },

  touchpoint_not_bound: (map, library) =>
    cardsInOrder(map).flatMap(({ card, lane }) => {
      if (lane.kind !== 'touchpoints' && !card.touchpoint) return []
      const touchpoint = card.touchpoint ? library.touchpoints.get(card.touchpoint) : undefined
      if ((touchpoint?.matcher?.events.length ?? 0) > 0) return []
      return [finding('touchpoint_not_bound', atCard(card), { text: plainText(card.text) || (touchpoint?.name ?? '') }, openField(atCard(card), touchpoint ? 'events' : 'touchpoint'))]
    }),

  stage_without_owner: (map) =>
    map.stages
      .filter((stage) => !stage.owner)
      .map((stage) => finding('stage_without_owner', atStage(stage), { stage: stage.name }, openField(atStage(stage), 'owner'))),

  review_overdue: (map, _library, today) => {
    const due = map.meta.review_on
    if (due === undefined || due >= today) return []
    const commands: Command[] = [{ do: 'set_map', fields: { review_on: daysAfter(today, REVIEWED_FOR_DAYS) } }]
    return [finding('review_overdue', { kind: 'map', id: '' }, { due }, { kind: 'run', name: 'reviewed', commands })]
  },
}

/** The author's word on an action's level, else what its wording suggests. */
export const commitmentOf = (card: Card): Commitment | null =>
  (card.commitment as Commitment | undefined) ?? proposedCommitment(card.text)

/**
 * The stages from the purchase on: from the first one with an action at level 5, confirmed or proposed, or that is called
 * so. None when nothing on the map says where customers pay.
 */
function fromPurchase(map: ReadMap): readonly Stage[] {
  const at = map.stages.findIndex(
    (stage) => PURCHASE.test(searchKey(stage.name)) || map.in(stage.id, 'actions').some((card) => commitmentOf(card) === 5),
  )
  return at < 0 ? [] : map.stages.slice(at)
}
const PURCHASE = /\b(purchase|buy|order|checkout|payment|contract)|^خرید|پرداخت|سفارش|قرارداد|^اقدام$/

function cardsInOrder(map: ReadMap): { card: Card; lane: Lane }[] {
  return map.stages.flatMap((stage) =>
    map.lanes.flatMap((lane) => (map.cells.get(`${stage.id}|${lane.id}`) ?? []).map((id) => ({ card: map.cards.get(id)!, lane }))),
  )
}

function placedTouchpoints(map: ReadMap, library: ReviewLibrary) {
  return cardsInOrder(map).flatMap(({ card }) => {
    const touchpoint = card.touchpoint ? library.touchpoints.get(card.touchpoint) : undefined
    return touchpoint ? [{ card, touchpoint }] : []
  })
}

/** A card in the first lane of a kind; a map that has no such lane gets one. */
const newCard = (map: ReadMap, stage: Stage, laneKind: string): Fix => ({
  kind: 'add_card', laneKind, lane: map.lane(laneKind)?.id ?? null, stage: stage.id,
})

/** A card in the first lane that is empty in this stage and not in the others. */
function cardWhereOthersHave(map: ReadMap, stage: Stage): Fix | undefined {
  const has = (one: Stage, lane: Lane) => (map.cells.get(`${one.id}|${lane.id}`)?.length ?? 0) > 0
  const lane = map.lanes.find((one) => !one.hidden && !has(stage, one) && map.stages.some((other) => has(other, one))) ?? map.lanes[0]
  return lane && { kind: 'add_card', laneKind: lane.kind, lane: lane.id, stage: stage.id, thin: true }
}

const openField = (place: Place, field: Field): Fix => ({ kind: 'open', place, field })

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function takeOwner(cards: readonly Card[], owner: Owner): Fix {
  return { kind: 'run', name: 'take_stage_owner', commands: cards.map((card) => ({ do: 'set_card', id: card.id, fields: { owner } })) }
}

function median(numbers: readonly number[]): number {
  if (numbers.length === 0) return 0
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const atStage = (stage: Stage): Place => ({ kind: 'stage', id: stage.id })
const atCard = (card: Card): Place => ({ kind: 'card', id: card.id })

function finding(rule: Rule, place: Place, says: Finding['says'], fix?: Fix): Finding {
  return fix ? { rule, place, says, fix } : { rule, place, says }
}
