import { Tooltip } from '@mantine/core'
import { useT } from '@/i18n/locale'
import { Num } from '@/ui/Values'
import classes from './Estimate.module.css'

/** Any figure with its 95% interval and what it rests on: "3.2 (2.9–3.6) · n = 1,204". */
export function Estimate(props: {
  value: number | null | undefined
  low?: number | null
  high?: number | null
  n?: number
  format: (value: number) => string
  /** How both ends are written; as of shares, unless said. */
  between?: (low: number, high: number) => string
  help?: string
}) {
  const t = useT('ui')
  const { value, low, high, n, format } = props
  if (value === null || value === undefined) return <Num value={null} />
  const between = props.between ?? ((one, other) => t('interval', { low: format(one), high: format(other) }))
  const interval = low == null || high == null ? '' : between(low, high)
  const beside = [interval, n === undefined ? '' : t('n_is', { n })].filter(Boolean).join(' · ')
  const shown = (
    <span className={classes.estimate}>
      <strong>{format(value)}</strong> {beside && <span className="hs-faint">{beside}</span>}
    </span>
  )
  return props.help ? (
    <Tooltip label={props.help}>
      <span tabIndex={0}>{shown}</span>
    </Tooltip>
  ) : (
    shown
  )
}
