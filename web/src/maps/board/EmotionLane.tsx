/** The curves of emotion through the stages and their steps, each with its name at its end; the chosen one has its points. */
import { useId } from 'react'
import { curveDownAt, curvePath, emotionDown, type Point } from '@/editor/layout'
import { useLocale } from '@/i18n/locale'
import { useMap } from '../session'
import { useColumns } from './columns'
import { curvePoints, spread, type Curve, type CurvePoint } from './curves'
import { EmotionHandle } from './EmotionHandle'
import { emotionColor } from './Face'
import classes from './EmotionLane.module.css'

export const LEAST_EMOTION_HEIGHT = 132
export const MARGIN = 22
const NAME_HEIGHT = 16
/** Half the band's height at full intensity. */
const BAND = 13

export function EmotionLane({ chosen, others, height }: { chosen: Curve; others: readonly Curve[]; height: number }) {
  const { dir } = useLocale()
  const { columns, width } = useColumns()
  const emotions = useMap((snapshot) => snapshot.emotions)
  const gradient = useId()
  const of = (curve: Curve) => curvePoints(columns, emotions, curve.persona, height, MARGIN)
  const points = of(chosen)
  const path = curvePath(points)
  const middle = emotionDown(0, height, MARGIN)
  const area = points.length > 1 ? `${path}L${points.at(-1)!.along} ${middle}L${points[0]!.along} ${middle}Z` : ''
  const several = others.length > 0
  const drawn = [...others, chosen].map((curve) => ({ curve, points: of(curve) })).filter((one) => one.points.length > 0)
  const downs = spread(drawn.map(({ points: own }) => own.at(-1)!.down - NAME_HEIGHT / 2), NAME_HEIGHT, height)

  return (
    <div className={classes.lane} style={{ blockSize: height }}>
      <svg
        className={classes.drawing}
        viewBox={`0 0 ${Math.max(1, width)} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        style={dir === 'rtl' ? { transform: 'scaleX(-1)' } : undefined}
      >
        <defs>
          <linearGradient id={gradient} gradientUnits="userSpaceOnUse" x1="0" x2="0" y1={MARGIN} y2={height - MARGIN}>
            {[2, 1, 0, -1, -2].map((value, index) => (
              <stop key={value} offset={`${index * 25}%`} stopColor={emotionColor(value)} />
            ))}
          </linearGradient>
        </defs>
        <line x1="0" x2={width} y1={middle} y2={middle} className={classes.middle} />
        {others.map((other) => {
          const own = of(other)
          return (
            <g key={other.persona ?? ''} style={{ color: other.color }}>
              <path d={curvePath(own)} className={classes.other} strokeDasharray={other.dash} />
              {own.map((point) => (
                <circle key={point.along} cx={point.along} cy={point.down} r="3" fill="currentColor" />
              ))}
            </g>
          )
        })}
        <path d={area} fill={`url(#${gradient})`} opacity="0.1" />
        <path d={bandPath(points)} fill={several ? chosen.color : `url(#${gradient})`} opacity="0.22" />
        <path d={path} stroke={several ? chosen.color : `url(#${gradient})`} strokeDasharray={several ? chosen.dash : undefined} className={classes.curve} />
      </svg>
      {several &&
        drawn.map(({ curve, points: own }, index) => {
          const end = own.at(-1)!.along
          // Behind the last point where there is room for a word, else before it.
          const place = width - end > 76 ? { insetInlineStart: end + 18, maxInlineSize: width - end - 20 } : { insetInlineEnd: width - end + 18, maxInlineSize: 120 }
          return (
            <span
              key={curve.persona ?? ''}
              className={classes.name}
              data-chosen={curve === chosen || undefined}
              style={{ ...place, insetBlockStart: downs[index], color: curve.color }}
              aria-hidden="true"
            >
              <bdi>{curve.name}</bdi>
            </span>
          )
        })}
      {columns
        .filter((column) => column.kind !== 'collapsed')
        .map((column) => (
          <EmotionHandle
            key={column.key}
            column={column}
            curve={chosen}
            named={several}
            height={height}
            rest={curveDownAt(points, column.along + column.width / 2) ?? middle}
          />
        ))}
    </div>
  )
}

/** As thick along the curve as the feeling is strong there; nothing where nobody said how strong. */
export function bandPath(points: readonly CurvePoint[]): string {
  if (points.length < 2 || points.every((point) => point.intensity === 0)) return ''
  const edge = (side: 1 | -1): Point[] => points.map(({ along, down, intensity }) => ({ along, down: down + side * intensity * BAND }))
  // The way back runs against the curve: drawn mirrored, where only `along` is below zero, then mirrored again.
  const lower = curvePath(edge(1).map(({ along, down }) => ({ along: -along, down: Math.max(0, down) })).reverse()).replaceAll('-', '')
  return `${curvePath(edge(-1).map(({ along, down }) => ({ along, down: Math.max(0, down) })))}L${lower.slice(1)}Z`
}
