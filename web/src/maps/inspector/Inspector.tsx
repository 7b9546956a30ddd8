/** The one inspector of the map: a stage, a card, the map itself, or its review. */
import type { Selected } from '../selection'
import { CardInspector } from './CardInspector'
import { ReviewPanel } from '../review/ReviewPanel'
import { MapInspector } from './MapInspector'
import { StageInspector } from './StageInspector'

export function Inspector({ selected, onClose }: { selected: Selected; onClose: () => void }) {
  if (selected.kind === 'stage') return <StageInspector key={selected.id} id={selected.id} onClose={onClose} />
  if (selected.kind === 'card') return <CardInspector key={selected.id} id={selected.id} onClose={onClose} />
  if (selected.kind === 'review') return <ReviewPanel onClose={onClose} />
  return <MapInspector onClose={onClose} />
}
