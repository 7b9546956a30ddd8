/** Who is behind a row of a comparison: as the question that is compared takes it in its own "who?". */

const OTHERS = '(other)'

type Asked = Record<string, unknown>

/** Null: the question does not say who is behind its figures. `row`: what names the row, see `estimates` of the engine. */
export function selectorOf(of: string, row: string[], asked: Asked): Asked | null {
  const [first = '', second = ''] = row
  switch (of) {
    case 'overview':
      return { event: first }
    case 'transitions':
      return { source: first, target: second }
    case 'variants':
      return { path: row }
    case 'funnel':
      return { ...some(asked, ['steps', 'within_seconds', 'order', 'exclude']), step: Number(first) }
    case 'flow':
      return second === OTHERS ? null : { ...some(asked, ['anchor', 'before', 'after', 'top', 'occurrence', 'collapse']), step: Number(first), node: second }
    case 'pattern':
      return { find: first }
    case 'stages':
      return { ...some(asked, ['map']), number: { kind: 'stage', stage: first, bucket: 'went_on' } }
    case 'deviations':
      return { ...some(asked, ['map']), number: deviationOf(row) }
    case 'retention':
      return { ...some(asked, ['period', 'week_starts', 'timezone', 'first', 'returning', 'mode']), back_in: Number(first) }
    case 'survival':
      return {
        ...some(asked, ['start', 'end']),
        bucket: 'reached',
        ...(first === 'median' ? {} : { within_seconds: Number.parseFloat(first) }),
      }
    case 'correlates':
      return { ...some(asked, ['goal', 'within_seconds']), kind: first, name: row.slice(1), reached: true }
    case 'what_if':
      return { ...some(asked, ['goal', 'map']), source: first, target: second }
    case 'attribution':
      return { ...some(asked, ['conversion', 'over', 'counted', 'touches', 'lookback_seconds', 'top']), channel: first }
    default:
      return null
  }

}

/** A deviation on the map: a kind by itself, or at a card, a group, or between two cards. */
function deviationOf([kind, card, group, from_card, event]: string[]): Asked {
  if (card === undefined) return { kind: 'deviation', bucket: kind }
  if (kind === 'ad_hoc') return { kind, to_card: card, from_card, event }
  return group ? { kind: 'group', group, bucket: kind } : { kind: 'touchpoint', card, bucket: kind }
}

const some = (asked: Asked, names: string[]): Asked =>
  Object.fromEntries(names.filter((name) => name in asked).map((name) => [name, asked[name]]))
