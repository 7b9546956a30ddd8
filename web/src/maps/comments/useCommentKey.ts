/** Ctrl+Alt+M begins a comment on what has the focus or is selected, as in the editors people come from. */
import { useHotkeys } from '@mantine/hooks'
import { useSelection, type Selected } from '../selection'
import type { About } from './api'
import { useComments } from './context'

export function useCommentKey(): void {
  const comments = useComments()
  const { selected } = useSelection()
  // By the key's place: on a Persian keyboard the same key writes «پ».
  useHotkeys([['mod+alt+M', () => comments?.open(focused() ?? ofSelected(selected)), { usePhysicalKeys: true }]], [])
}

function focused(): About | null {
  const at = document.activeElement
  const find = (name: string) => at?.closest(`[data-${name}]`)?.getAttribute(`data-${name}`)
  const card = find('card')
  if (card) return { part: 'card', target: card }
  const stage = find('stage-head')
  if (stage) return { part: 'stage', target: stage }
  const lane = find('lane-head')
  if (lane) return { part: 'lane', target: lane }
  const cell = find('cell')
  return cell ? { part: 'cell', target: cell.split('|').slice(0, 2).join('|') } : null
}

function ofSelected(selected: Selected | null): About {
  if (selected?.kind === 'card' || selected?.kind === 'stage' || selected?.kind === 'lane') return { part: selected.kind, target: selected.id }
  return { part: 'map', target: '' }
}
