/** A line of activity in words. What is not known here is told as a change, never as a code. */
import { plainText } from '@/editor/richText'
import type { Text } from '@/i18n/locale'
import { isolate } from '../isolate'
import type { Activity } from './api'

export const PARTS = ['personas', 'stages', 'steps', 'lanes', 'cards', 'emotions', 'branches', 'lines', 'arrows', 'targets'] as const
/** Of the audit log, as far as they are about a map. */
export const ACTIONS = [
  'create_map', 'delete_map', 'restore_map', 'keep_version', 'rename_version', 'share_map', 'update_share', 'revoke_share', 'add_file',
  'open_thread', 'reply', 'edit_comment', 'delete_comment', 'restore_comment', 'resolve_thread', 'reopen_thread',
] as const
/** That are of the drawing and not of what the map says. */
const UNTOLD = new Set(['collapsed', 'height', 'width', 'stage', 'lane'])

type Details = Readonly<Record<string, unknown>>
const isPart = (part: string | null): boolean => (PARTS as readonly (string | null)[]).includes(part)
const isAction = (action: string): boolean => (ACTIONS as readonly string[]).includes(action)

/** `t` of `maps/activity`. */
export function sentence({ action, part, details, user }: Activity, t: Text): string {
  const who = isolate(user?.name ?? t('nobody'))
  const named = nameOf(details, 'name')
  if (part === null) return isAction(action) ? t(`did.${action}`, { who, name: named || t('untitled') }) : t('did.other', { who })
  if (part === 'map') return mapChanged(details, who, t)
  if (!isPart(part)) return t('did.other', { who })
  const what = thing(part, details, t)
  if (action === 'added' || action === 'deleted') {
    const place = part === 'cards' ? placeOf(details, t) : ''
    return place ? t(`verb.${action}_at`, { who, what, place }) : t(`verb.${action}`, { who, what })
  }
  if (action === 'moved') return moved(part, details, who, what, t)
  if (part === 'emotions' && typeof details.value === 'number') {
    const feeling = t(`maps:emotion.${Math.max(-2, Math.min(2, Math.round(details.value)))}`)
    return t('verb.felt', { who, what, feeling })
  }
  return changed(part, details, who, what, t)
}

function moved(part: string, details: Details, who: string, what: string, t: Text): string {
  const [from, to] = [details.from, details.to] as [Details | undefined, Details | undefined]
  if (part !== 'cards' || !from || !to) return t('verb.reordered', { who, what, place: Number(details.place ?? 0) })
  const same = from.stage === to.stage ? ['lane', 'lane_kind'] : from.lane === to.lane && from.lane_kind === to.lane_kind ? ['stage'] : null
  const pick = (place: Details) => (same ? Object.fromEntries(same.map((name) => [name, place[name]])) : place)
  return t('verb.moved', { who, what, from: placeOf(pick(from), t), to: placeOf(pick(to), t) })
}

function changed(part: string, details: Details, who: string, what: string, t: Text): string {
  const fields = fieldsOf(details, t)
  const [was, now] = [nameOf(details, 'was'), nameOf(details, 'now')]
  if (was && now && was !== now) return t('verb.renamed', { who, what: thing(part, { ...details, name: details.was }, t), now: isolate(now) })
  return fields ? t('verb.changed', { who, what, fields }) : t('verb.touched', { who, what })
}

function mapChanged(details: Details, who: string, t: Text): string {
  if (details.counts && typeof details.counts === 'object') {
    const told = Object.entries(details.counts as Record<string, number>).map(([key, count]) => {
      const [part = '', verb = ''] = key.split('.')
      return isPart(part) ? t(`counted.${verb}`, { count, parts: t(`parts.${part}`) }) : t('counted.map')
    })
    return t('verb.many', { who, what: told.join(t('ui:comma')) })
  }
  const now = nameOf(details, 'now')
  if (now) return t('verb.renamed', { who, what: t('the_map'), now: isolate(now) })
  const fields = fieldsOf(details, t)
  return fields ? t('verb.changed', { who, what: t('the_map'), fields }) : t('verb.touched', { who, what: t('the_map') })
}

function thing(part: string, details: Details, t: Text): string {
  const name = nameOf(details, 'name')
  if (part === 'emotions') return t('thing.emotions', { stage: isolate(nameOf(details, 'stage')) })
  if (part === 'lines') return name ? t(`maps:line.${name}`) : t('unnamed.lines')
  if (part === 'arrows') return t('thing.arrows', { from: end(details, 'from_card', t), to: end(details, 'to_card', t) })
  if (part === 'branches') return t('thing.branches', { from: end(details, 'from_stage', t), to: end(details, 'to_stage', t) })
  const kind = part === 'lanes' && !name ? t(`maps:lane.${kindOf(details)}`) : name
  // A target's own name is a code of measurement.
  return kind && part !== 'targets' ? t(`thing.${part}`, { name: isolate(kind) }) : t(`unnamed.${part}`)
}

/** «خرید» or «خرید، اقدامات مشتری»; a lane without a name by its kind. */
function placeOf(details: Details, t: Text): string {
  const lane = nameOf(details, 'lane') || (details.lane_kind ? t(`maps:lane.${kindOf(details)}`) : '')
  return [nameOf(details, 'stage'), lane].filter((name) => name).map((name) => t('quoted', { name: isolate(name) })).join(t('ui:comma'))
}

function fieldsOf(details: Details, t: Text): string {
  const fields = Array.isArray(details.fields) ? (details.fields as string[]) : []
  return [...new Set(fields.filter((name) => !UNTOLD.has(name)).map((name) => t(`field.${name}`)))].join(t('ui:comma'))
}

const nameOf = (details: Details, field: string): string => (typeof details[field] === 'string' ? plainText(details[field]) : '')
const kindOf = (details: Details): string => (typeof details.lane_kind === 'string' ? details.lane_kind : 'text')
const end = (details: Details, field: string, t: Text): string => isolate(nameOf(details, field) || t('maps:card_empty'))
