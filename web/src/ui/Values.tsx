/** Numbers, durations and dates as text; "no data" is said, never drawn as zero. */
import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import type { DateLike } from '@/i18n/format'
import classes from './Values.module.css'

function NoData() {
  const t = useT('ui')
  return <span className="hs-faint">{t('no_data')}</span>
}

export function Num({ value, digits = 0 }: { value: number | null | undefined; digits?: number }) {
  const shown = useFormats()
  if (value === null || value === undefined) return <NoData />
  return <span>{shown.num(value, digits)}</span>
}

export function Duration({ seconds, short = false }: { seconds: number | null | undefined; short?: boolean }) {
  const shown = useFormats()
  if (seconds === null || seconds === undefined) return <NoData />
  return short ? <span className={classes.unbroken}>{shown.shortDuration(seconds)}</span> : <span>{shown.duration(seconds)}</span>
}

export function DateTime({ at, show = 'both' }: { at: DateLike | null | undefined; show?: 'both' | 'date' | 'time' }) {
  const shown = useFormats()
  if (at === null || at === undefined) return <NoData />
  const text = show === 'date' ? shown.date(at) : show === 'time' ? shown.time(at) : shown.dateTime(at)
  return (
    <time dateTime={new Date(at).toISOString()} title={shown.longDate(at)}>
      {text}
    </time>
  )
}

export interface RateValue {
  value: number | null
  low: number | null
  high: number | null
  n: number
}

/** A share with its 95% interval and its denominator, e.g. "42% (40–44%, n = 1,234)". */
export function Rate({ rate, help, compact = false }: { rate: RateValue | null; help?: ReactNode; compact?: boolean }) {
  const shown = useFormats()
  const t = useT('ui')
  if (!rate || rate.value === null) return <NoData />
  const interval =
    rate.low === null || rate.high === null
      ? ''
      : t('interval', { low: shown.percent(rate.low), high: shown.percent(rate.high) })
  const n = t('n_is', { n: rate.n })
  const body = (
    <span className={classes.rate}>
      <strong>{shown.percent(rate.value)}</strong>
      {!compact && (
        <span className={classes.beside}>{`${interval} · ${n}`}</span>
      )}
    </span>
  )
  const tip = help ?? (compact ? `${interval} · ${n}` : t('interval_help'))
  return (
    <Tooltip label={tip}>
      <span tabIndex={0} className={classes.focusable} aria-label={`${shown.percent(rate.value)}, ${interval}, ${n}`}>
        {body}
      </span>
    </Tooltip>
  )
}
