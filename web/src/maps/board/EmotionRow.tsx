/** The emotion lane: whose curves there are, which one is edited, and the curves themselves. */
import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { memo, useState } from 'react'
import type { Lane } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { laneIcon } from '../laneKinds'
import { useChosenCurve, useCurves, type Curve } from './curves'
import { EmotionLane, LEAST_EMOTION_HEIGHT } from './EmotionLane'
import { Face } from './Face'
import { LaneHead } from './LaneHead'
import classes from './Board.module.css'

/** The curves stand on every map; with a lane of their own they stand where that lane stands. */
export const EmotionRow = memo(function EmotionRow({ lane }: { lane?: Lane }) {
  const t = useT('maps')
  const curves = useCurves()
  const [wanted, choose] = useState<string | null | undefined>(undefined)
  const chosen = useChosenCurve(curves, wanted, lane?.persona)
  const Icon = laneIcon('emotion')
  const aside = (
    <>
      <CurveChips curves={curves} chosen={chosen} onChoose={choose} />
      <span className={classes.emotionScale} aria-hidden="true">
        <Face value={2} size={16} />
        <Face value={0} size={16} />
        <Face value={-2} size={16} />
      </span>
    </>
  )
  return (
    <div role="row" className={classes.row} data-lane={lane?.id} data-kind="emotion" data-collapsed={lane?.collapsed || undefined}>
      {lane ? (
        <LaneHead lane={lane}>{aside}</LaneHead>
      ) : (
        <div role="rowheader" className={classes.laneHead}>
          <div className={classes.laneLine}>
            <Icon size={16} stroke={1.6} aria-hidden="true" className={classes.laneIcon} />
            <span className={classes.laneName}>{t('lane.emotion')}</span>
          </div>
          {aside}
        </div>
      )}
      <div role="cell" className={classes.wholeRow}>
        {!lane?.collapsed && (
          <EmotionLane chosen={chosen} others={curves.filter((one) => one !== chosen)} height={Math.max(LEAST_EMOTION_HEIGHT, lane?.height ?? 0)} />
        )}
      </div>
    </div>
  )
})

export function CurveChips({ curves, chosen, onChoose }: {
  curves: readonly Curve[]
  chosen: Curve
  onChoose: (persona: string | null) => void
}) {
  const t = useT('maps/board')
  if (curves.length < 2) return null
  return (
    <div className={classes.curves} role="group" aria-label={t('curves')}>
      {curves.map((curve) => (
        <UnstyledButton
          key={curve.persona ?? ''}
          className={classes.curveName}
          aria-pressed={curve === chosen}
          onClick={() => onChoose(curve.persona)}
        >
          <CurveSample curve={curve} />
          <bdi>{curve.name}</bdi>
          {curve === chosen && <VisuallyHidden>{t('curve_edited')}</VisuallyHidden>}
        </UnstyledButton>
      ))}
    </div>
  )
}

function CurveSample({ curve }: { curve: Curve }) {
  return (
    <svg width="18" height="8" aria-hidden="true">
      <line x1="1" x2="17" y1="4" y2="4" stroke={curve.color} strokeWidth="2.5" strokeDasharray={curve.dash} />
    </svg>
  )
}
