/** The hours of the day under the heads of the stages, on a day in the life. */
import { SegmentedControl } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { hoursIn } from '@/editor/day'
import { useFormats, useT } from '@/i18n/locale'
import { useMap } from '../session'
import { useColumns } from './columns'
import board from './Board.module.css'
import classes from './DayAxis.module.css'

type Scale = 'even' | 'hours'
/** An hour's label wants this much room. */
const LABEL = 44

/** Whether columns are as wide as their hours; the reader's own choice. */
export function useDayScale(): [Scale, (next: Scale) => void] {
  const [scale, set] = useLocalStorage<Scale>({ key: 'hamsafar.day_scale', defaultValue: 'even', getInitialValueInEffect: false })
  return [scale, set]
}

export const useIsDay = (): boolean => useMap((snapshot) => snapshot.meta.kind === 'day_in_the_life')

export function DayAxis() {
  const t = useT('maps/board')
  const shown = useFormats()
  const { stages } = useColumns()
  const [scale, setScale] = useDayScale()
  const isDay = useIsDay()
  if (!isDay) return null
  return (
    <div role="row" className={`${board.row} ${classes.axis}`}>
      <div role="rowheader" className={`${board.corner} ${classes.head}`} aria-label={t('day.axis')}>
        <SegmentedControl
          size="xs"
          fullWidth
          value={scale}
          onChange={(next) => setScale(next as Scale)}
          aria-label={t('day.scale')}
          data={(['even', 'hours'] as const).map((value) => ({ value, label: t(`day.${value}`) }))}
        />
      </div>
      {stages.map(({ stage, width, columns }) => {
        const every = [1, 2, 3, 6, 12].find((step) => width / Math.max(1, hoursIn(stage, step).length + 1) >= LABEL) ?? 12
        return (
          <div role="cell" key={stage.id} className={classes.stage} style={{ gridColumn: `span ${columns.length}` }}>
            {stage.begins && <span className={`${classes.begins} hs-tabular`}>{shown.digits(stage.begins)}</span>}
            {!stage.collapsed &&
              hoursIn(stage, every).map(({ time, share }) => (
                <span key={time} className={classes.hour} style={{ insetInlineStart: `${share * 100}%` }} aria-hidden="true">
                  {share * width > LABEL && (1 - share) * width > LABEL && <span className="hs-tabular">{shown.digits(time)}</span>}
                </span>
              ))}
            {stage.ends && !stage.collapsed && <span className={`${classes.ends} hs-tabular`}>{shown.digits(stage.ends)}</span>}
            {!stage.begins && !stage.ends && !stage.collapsed && <span className="hs-faint">{t('day.none')}</span>}
          </div>
        )
      })}
    </div>
  )
}
