import { useFormats, useLocale, useT } from '@/i18n/locale'
import type { StageRow } from '../onMapTypes'
import classes from './Stages.module.css'

const WIDTH = 900
const ROW = 46
const NAME = 200
const BAR = 430
const GAP = 14

/** One bar a stage, as long as those who entered it, in three: went on, still open, left. */
export function StageBars({ rows }: { rows: StageRow[] }) {
  const t = useT('explore/stages')
  const shown = useFormats()
  const { dir } = useLocale()
  const most = Math.max(...rows.map((row) => row.entered + row.skipped), 1)
  const mirrored = dir === 'rtl'
  const x = (from: number, width = 0) => (mirrored ? WIDTH - from - width : from)
  const height = rows.length * ROW + 30
  return (
    <div className={`${classes.scroll} hs-scroll`} tabIndex={0} role="group" aria-label={t('bars_title')}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} className={classes.svg} direction={dir} aria-hidden="true">
        <defs>
          <pattern id="stage-left" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" fill="var(--hs-left)" />
            <rect width="2" height="5" fill="var(--hs-surface)" opacity="0.45" />
          </pattern>
          <pattern id="stage-open" width="5" height="5" patternUnits="userSpaceOnUse">
            <rect width="5" height="5" fill="var(--hs-still-open)" />
            <circle cx="2.5" cy="2.5" r="1" fill="var(--hs-surface)" opacity="0.8" />
          </pattern>
        </defs>
        {rows.map((row, index) => {
          const top = index * ROW
          const long = (n: number) => (n / most) * BAR
          const parts = [
            { key: 'went_on', n: row.went_on, fill: 'var(--hs-went-on)' },
            { key: 'still_open', n: row.still_open, fill: 'url(#stage-open)' },
            { key: 'left', n: row.left, fill: 'url(#stage-left)' },
          ]
          let from = NAME
          return (
            <g key={row.stage}>
              <text x={x(NAME - GAP)} y={top + 18} textAnchor="end" className={classes.name}>
                {short(row.name)}
              </text>
              <text x={x(NAME - GAP)} y={top + 34} textAnchor="end" className={classes.note}>
                {t('entered_n', { n: row.entered })}
              </text>
              {parts.map((part) => {
                const width = long(part.n)
                const at = from
                from += width
                return <rect key={part.key} x={x(at, width)} y={top + 8} width={width} height={20} fill={part.fill} />
              })}
              {row.skipped > 0 && (
                <rect
                  x={x(from, long(row.skipped))}
                  y={top + 8.75}
                  width={long(row.skipped)}
                  height={18.5}
                  fill="none"
                  stroke="var(--hs-text-faint)"
                  strokeDasharray="3 3"
                />
              )}
              <text x={x(NAME + BAR + GAP)} y={top + 18} className={classes.value}>
                {row.share_went_on.value === null ? t('no_share') : t('share_n', { share: shown.percent(row.share_went_on.value) })}
              </text>
              <text x={x(NAME + BAR + GAP)} y={top + 34} className={classes.note}>
                {row.seconds.p50 === null ? '' : t('half_within', { time: shown.duration(row.seconds.p50) })}
              </text>
            </g>
          )
        })}
        <Legend y={rows.length * ROW + 18} x={x} mirrored={mirrored} />
      </svg>
    </div>
  )
}

function Legend({ y, x, mirrored }: { y: number; x: (from: number, width?: number) => number; mirrored: boolean }) {
  const t = useT('explore/stages')
  const entries = [
    { key: 'went_on', fill: 'var(--hs-went-on)' },
    { key: 'still_open', fill: 'url(#stage-open)' },
    { key: 'left', fill: 'url(#stage-left)' },
    { key: 'skipped', fill: 'none' },
  ]
  return entries.map((entry, index) => {
    const from = NAME + index * (mirrored ? 128 : 116)
    return (
      <g key={entry.key}>
        <rect
          x={x(from, 11)}
          y={y - 10}
          width={11}
          height={11}
          rx={2}
          fill={entry.fill}
          {...(entry.fill === 'none' ? { stroke: 'var(--hs-text-faint)', strokeDasharray: '3 3' } : {})}
        />
        <text x={x(from + 17)} y={y} className={classes.note}>
          {t(entry.key)}
        </text>
      </g>
    )
  })
}

const short = (name: string) => (name.length > 26 ? `${name.slice(0, 25)}…` : name)
