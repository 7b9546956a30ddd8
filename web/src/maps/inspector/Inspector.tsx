/** What stands beside the map: the inspector of a part or of the map itself, or one of its panels. */
import { Suspense } from 'react'
import { Loading } from '@/ui/States'
import { useT } from '@/i18n/locale'
import { panel as fetched, panelOf } from '../panels'
import { usePicked, type Selected } from '../selection'
import { CardInspector } from './CardInspector'
import { CardsInspector } from './CardsInspector'
import { EmotionInspector } from './EmotionInspector'
import { MapInspector } from './MapInspector'
import { StageInspector } from './StageInspector'
import { StepInspector } from './StepInspector'

const BranchInspector = fetched(() => import('../routes/BranchInspector').then((file) => file.BranchInspector), 'maps/routes')

export function Inspector({ selected, onClose }: { selected: Selected; onClose: () => void }) {
  const t = useT('maps')
  const picked = usePicked()
  if (selected.kind === 'stage') return <StageInspector key={selected.id} id={selected.id} onClose={onClose} />
  if (selected.kind === 'card' && picked.size > 1) return <CardsInspector ids={picked} onClose={onClose} />
  if (selected.kind === 'card') return <CardInspector key={selected.id} id={selected.id} onClose={onClose} />
  if (selected.kind === 'step') return <StepInspector key={selected.id} id={selected.id} onClose={onClose} />
  if (selected.kind === 'emotion') return <EmotionInspector key={selected.id} id={selected.id} onClose={onClose} />
  if (selected.kind === 'branch') {
    return (
      <Suspense fallback={<Loading lines={6} label={t('panel.routes')} />}>
        <BranchInspector key={selected.id} id={selected.id} onClose={onClose} />
      </Suspense>
    )
  }
  const panel = selected.kind === 'panel' ? panelOf(selected.id) : undefined
  if (panel) {
    return (
      <Suspense fallback={<Loading lines={6} label={t(`panel.${panel.key}`)} />}>
        <panel.Component onClose={onClose} />
      </Suspense>
    )
  }
  return <MapInspector onClose={onClose} />
}
