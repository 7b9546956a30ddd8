/** Lines with the band of their intervals; time runs from the reading start. Arrow keys read it point by point. */
import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useLocale } from '@/i18n/locale'
import { Legend, type Named } from './Legend'
import { seriesColour } from './palette'
import { linear, roundTicks } from './scale'
import { useWidth } from './useWidth'
import classes from './charts.module.css'

export interface LinePoint {
  x: number
  /** Null: no data; the line is broken there. */
  y: number | null
  low?: number | null
  high?: number | null
  /** Not complete yet, or no event here but a censoring: drawn hollow. */
  hollow?: boolean
  /** Said when the point is read, after its value: "n = 120". */
  note?: string
}

export interface LineSeries extends Named {
  /** In the order of x. */
  points: LinePoint[]
  /** It stays as it is until the next point (survival curves). */
  steps?: boolean
  /** Points are drawn too; else only hollow ones. */
  dots?: boolean
}

export interface Axis {
  label: string
  format: (value: number) => string
  min?: number
  max?: number
  ticks?: number[]
  /** Ticks only at whole numbers. */
  whole?: boolean
}

export interface LinesProps {
  /** What is to be seen, for those who do not see it. */
  label: string
  series: LineSeries[]
  x: Axis
  y: Axis
  height?: number
  /** A thin straight line to compare with, from one point to another. */
  reference?: [{ x: number; y: number }, { x: number; y: number }]
}

const TOP = 10
const BOTTOM = 42
const BESIDE = 14
const LETTER = 7

export function Lines({ label, series, x, y, height = 280, reference }: LinesProps) {
  const { dir } = useLocale()
  const [place, width] = useWidth<HTMLDivElement>()
  const [read, setRead] = useState<number | null>(null)
  const xs = useMemo(
    () => [...new Set(series.flatMap((one) => one.points.map((point) => point.x)))].sort((a, b) => a - b),
    [series],
  )
  const ys = series.flatMap(({ points }) => points.flatMap((one) => [one.y, one.low, one.high])).filter((one) => one != null)
  const [xMin, xMax] = [x.min ?? xs[0] ?? 0, x.max ?? xs.at(-1) ?? 1]
  const [yMin, yMax] = [y.min ?? Math.min(0, ...ys), y.max ?? Math.max(...ys, 0)]
  const across = linear(yMin, yMax, y.ticks ?? roundTicks(yMin, yMax, 5, y.whole))
  const names = across.ticks.map(y.format)
  const start = 12 + Math.max(...names.map((name) => name.length), 1) * LETTER
  const inner = Math.max(40, width - start - BESIDE)
  const along = linear(xMin, xMax, x.ticks ?? roundTicks(xMin, xMax, Math.max(2, Math.floor(inner / 64)), x.whole))
  const rtl = dir === 'rtl'
  const px = (value: number): number => {
    const at = start + along.at(value) * inner
    return rtl ? width - at : at
  }
  const py = (value: number): number => TOP + (1 - across.at(value)) * (height - TOP - BOTTOM)
  const floor = height - BOTTOM
  const [near, far] = rtl ? (['start', 'end'] as const) : (['end', 'start'] as const)

  function nearest(event: PointerEvent<SVGSVGElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    const at = ((event.clientX - box.left) / box.width) * width
    let best: number | null = null
    for (const [index, one] of xs.entries()) {
      if (best === null || Math.abs(px(one) - at) < Math.abs(px(xs[best]!) - at)) best = index
    }
    setRead(best)
  }

  function onKeyDown(event: KeyboardEvent) {
    const forward = rtl ? 'ArrowLeft' : 'ArrowRight'
    const back = rtl ? 'ArrowRight' : 'ArrowLeft'
    const last = xs.length - 1
    const next = { [forward]: (read ?? -1) + 1, [back]: (read ?? last + 1) - 1, Home: 0, End: last }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      setRead(Math.max(0, Math.min(last, next)))
    } else if (event.key === 'Escape' && read !== null) {
      event.preventDefault()
      setRead(null)
    }
  }

  const here = read === null ? undefined : xs[read]
  return (
    <div className={classes.chart} ref={place}>
      <Legend series={series} />
      <div className={classes.plot}>
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={label}
          tabIndex={0}
          onPointerMove={nearest}
          onPointerLeave={() => setRead(null)}
          onBlur={() => setRead(null)}
          onKeyDown={onKeyDown}
        >
          {across.ticks.map((tick, index) => (
            <g key={tick}>
              <line className={classes.grid} x1={px(xMin)} x2={px(xMax)} y1={py(tick)} y2={py(tick)} />
              <text className={classes.tick} x={px(xMin) + (rtl ? 8 : -8)} y={py(tick) + 4} textAnchor={near}>
                {names[index]}
              </text>
            </g>
          ))}
          <text className={classes.axisLabel} x={px(xMin)} y={height - 4} textAnchor={far}>
            {x.label}
          </text>
          {along.ticks.map((tick) => (
            <text key={tick} className={classes.tick} x={px(tick)} y={floor + 18} textAnchor="middle">
              {x.format(tick)}
            </text>
          ))}
          <line className={classes.axis} x1={px(xMin)} x2={px(xMax)} y1={floor} y2={floor} />
          {reference && (
            <line
              className={classes.reference}
              x1={px(reference[0].x)}
              y1={py(reference[0].y)}
              x2={px(reference[1].x)}
              y2={py(reference[1].y)}
            />
          )}
          {series.map((one, index) => (
            <Line key={one.key} series={one} colour={one.colour ?? seriesColour(index)} px={px} py={py} />
          ))}
          {here !== undefined && <line className={classes.cursor} x1={px(here)} x2={px(here)} y1={TOP} y2={floor} />}
        </svg>
        {here !== undefined && (
          <div
            className={classes.reading}
            role="status"
            style={along.at(here) > 0.5 ? { insetInlineStart: start + 6 } : { insetInlineEnd: BESIDE + 6 }}
          >
            <strong>
              {x.label}: {x.format(here)}
            </strong>
            {series.map((one) => {
              const point = pointAt(one, here)
              return (
                point?.y != null && (
                  <span key={one.key}>
                    {series.length > 1 && (
                      <>
                        <bdi>{one.label}</bdi>:{' '}
                      </>
                    )}
                    {y.format(point.y)}
                    {point.low != null && point.high != null && (
                      <span className="hs-faint">
                        {' '}
                        ({y.format(point.low)} – {y.format(point.high)})
                      </span>
                    )}
                    {point.note && <span className="hs-faint"> · {point.note}</span>}
                  </span>
                )
              )
            })}
          </div>
        )}
      </div>
      <div className={classes.yLabel}>{y.label}</div>
    </div>
  )
}

/** The point at an x; of steps, the last one at or before it. */
function pointAt(series: LineSeries, x: number): LinePoint | undefined {
  return series.steps
    ? series.points.filter((point) => point.x <= x).at(-1)
    : series.points.find((point) => point.x === x)
}

type Place = (value: number) => number

function Line(props: { series: LineSeries; colour: string; px: Place; py: Place }) {
  const { series, colour, px, py } = props
  return (
    <g style={{ color: colour }}>
      {runs(series.points).map((run, index) => {
        const banded = run.filter((point) => point.low != null && point.high != null)
        const upper = banded.map((point) => ({ x: px(point.x), y: py(point.high!) }))
        const lower = banded.map((point) => ({ x: px(point.x), y: py(point.low!) }))
        const line = run.map((point) => ({ x: px(point.x), y: py(point.y!) }))
        return (
          <g key={index}>
            {banded.length > 1 && <path className={classes.band} d={area(upper, lower, series.steps ?? false)} />}
            <path
              className={classes.line}
              d={`M${way(line, series.steps ?? false)}`}
              strokeDasharray={series.dashed ? '5 4' : undefined}
            />
          </g>
        )
      })}
      {series.points.map(
        (point, index) =>
          point.y !== null &&
          (series.dots || point.hollow) && (
            <circle
              key={index}
              className={point.hollow ? classes.hollow : classes.dot}
              cx={px(point.x)}
              cy={py(point.y)}
              r={3.5}
            />
          ),
      )}
    </g>
  )
}

/** The parts of a line between which there are no data. */
function runs(points: LinePoint[]): LinePoint[][] {
  const found: LinePoint[][] = [[]]
  for (const point of points) {
    if (point.y !== null) found.at(-1)!.push(point)
    else if (found.at(-1)!.length > 0) found.push([])
  }
  return found.filter((run) => run.length > 0)
}

interface Spot {
  x: number
  y: number
}

function way(spots: Spot[], steps: boolean): string {
  return spots
    .map((spot, index) => {
      const before = spots[index - 1]
      return `${steps && before ? `${spot.x},${before.y} ` : ''}${spot.x},${spot.y}`
    })
    .join(' ')
}

function area(upper: Spot[], lower: Spot[], steps: boolean): string {
  // Back along the lower edge: there, a step goes down or up before it goes aside.
  const back = lower
    .map((spot, index) => {
      const next = lower[index + 1]
      return `${steps && next ? `${next.x},${spot.y} ` : ''}${spot.x},${spot.y}`
    })
    .reverse()
    .join(' ')
  return `M${way(upper, steps)} L${back} Z`
}
