/** The whole map in one line: begun, completed, left, still open, and how long it takes. */
import { Tooltip } from '@mantine/core'
import { useFormats, useT } from '@/i18n/locale'
import { SplitBar, Swatch } from './SplitBar'
import { useMeasured } from './context'
import { WhoButton } from './WhoButton'
import classes from './Summary.module.css'

export function Summary() {
  const t = useT('maps')
  const shown = useFormats()
  const { map, pending, openWho, persons: mayAsk } = useMeasured()
  if (!map) return null
  const { begun, completed, left, still_open, persons, completion, median_seconds_to_complete, n_time } = map.whole
  const buckets = [
    { key: 'completed', n: completed, swatch: 'wentOn' },
    { key: 'still_open', n: still_open, swatch: 'stillOpen' },
    { key: 'left', n: left, swatch: 'left' },
  ] as const
  return (
    <section className={classes.summary} aria-label={t('summary.label')} data-pending={pending || undefined}>
      <Tooltip label={t('summary.begun_help')}>
        <WhoButton
          className={classes.item}
          onClick={() => openWho({ kind: 'map', bucket: 'begun' }, t('summary.who_begun'), begun)}
        >
          <span className={classes.label}>{t('summary.begun')}</span>
          <span className={`${classes.value} hs-tabular`}>{shown.num(begun)}</span>
          <span className={classes.note}>{t('summary.persons', { count: persons })}</span>
        </WhoButton>
      </Tooltip>
      <div className={classes.split}>
        <SplitBar stage={{ went_on: completed, still_open, left }} of={begun} />
        <div className={classes.buckets}>
          {buckets.map(({ key, n, swatch }) => (
            <Tooltip key={key} label={t(`summary.${key}_help`)}>
              <WhoButton
                className={classes.bucket}
                onClick={() => openWho({ kind: 'map', bucket: key }, t(`summary.who_${key}`), n)}
              >
                <Swatch kind={swatch} /> {t(`summary.${key}`)} <strong className="hs-tabular">{shown.num(n)}</strong>
              </WhoButton>
            </Tooltip>
          ))}
        </div>
      </div>
      <Tooltip label={t('summary.completion_help')}>
        <div className={classes.item} tabIndex={0}>
          <span className={classes.label}>{t('summary.completion')}</span>
          <span className={`${classes.value} hs-tabular`}>{completion.value === null ? t('ui:no_data') : shown.percent(completion.value)}</span>
          {completion.low !== null && completion.high !== null && (
            <span className={`${classes.note} hs-tabular`}>
              {t('ui:interval', { low: shown.percent(completion.low), high: shown.percent(completion.high) })} · {t('ui:n_is', { n: completion.n })}
            </span>
          )}
        </div>
      </Tooltip>
      <Tooltip label={t('summary.time_help')}>
        <div className={classes.item} tabIndex={0}>
          <span className={classes.label}>{t('summary.time')}</span>
          <span className={`${classes.value} hs-tabular`}>
            {median_seconds_to_complete === null ? t('ui:no_data') : shown.duration(median_seconds_to_complete)}
          </span>
          <span className={`${classes.note} hs-tabular`}>{t('ui:n_is', { n: n_time })}</span>
        </div>
      </Tooltip>
      <div className={`${classes.item} ${classes.data}`}>
        {/* How much the team records is the team's own. */}
        {mayAsk && (
          <>
            <span className={classes.label}>{t('summary.events')}</span>
            <span className={`${classes.small} hs-tabular`}>{t('summary.bound', { bound: map.bound_events, all: map.events })}</span>
          </>
        )}
        {map.data_end_at && <span className={classes.note}>{t('summary.until', { date: shown.date(map.data_end_at) })}</span>}
      </div>
    </section>
  )
}
