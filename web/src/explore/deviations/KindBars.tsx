import { useFormats, useLocale, useT } from '@/i18n/locale'
import type { DeviationsAnswer, Kind } from '../onMapTypes'
import classes from './Deviations.module.css'

const WIDTH = 860
const ROW = 34
const NAME = 150
const BAR = 480

/** The share of instances with each kind of deviation, with its interval; each row opens its persons. */
export function KindBars({ answer, onWho }: { answer: DeviationsAnswer; onWho: (kind: Kind) => void }) {
  const t = useT('explore/deviations')
  const shown = useFormats()
  const { dir } = useLocale()
  const x = (from: number, width = 0) => (dir === 'rtl' ? WIDTH - from - width : from)
  const most = Math.max(...answer.kinds.map((kind) => kind.share.high ?? 0), 0.01)
  const long = (share: number | null) => ((share ?? 0) / most) * BAR
  return (
    <div className={`${classes.scroll} hs-scroll`} tabIndex={0} role="group" aria-label={t('bars_title')}>
      <svg viewBox={`0 0 ${WIDTH} ${answer.kinds.length * ROW + 4}`} className={classes.svg} direction={dir}>
        {answer.kinds.map((one, index) => {
          const top = index * ROW
          const { value, low, high } = one.share
          return (
            <g
              key={one.kind}
              className={classes.row}
              role="button"
              tabIndex={one.instances > 0 ? 0 : -1}
              aria-label={`${t(`kind.${one.kind}`)}: ${shown.num(one.instances)}`}
              onClick={() => one.instances > 0 && onWho(one.kind)}
              onKeyDown={(event) => event.key === 'Enter' && one.instances > 0 && onWho(one.kind)}
            >
              <rect x={0} y={top} width={WIDTH} height={ROW} fill="transparent" />
              <text x={x(NAME - 14)} y={top + 21} textAnchor="end" className={classes.name}>
                {t(`kind.${one.kind}`)}
              </text>
              <rect x={x(NAME, long(value))} y={top + 8} width={long(value)} height={18} rx={2} className={classes.bar} />
              {low !== null && high !== null && one.instances > 0 && (
                <line
                  x1={x(NAME + long(low))}
                  x2={x(NAME + long(high))}
                  y1={top + 17}
                  y2={top + 17}
                  className={classes.interval}
                />
              )}
              <text x={x(NAME + long(high) + 12)} y={top + 21} className={classes.value}>
                {value === null ? '' : `${shown.percent(value)} · ${t('instances_n', { n: one.instances })}`}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
