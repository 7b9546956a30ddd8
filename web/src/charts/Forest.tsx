/** Estimates with their intervals on one axis, against a line of "no difference". */
import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { linear, logarithmic, roundTicks } from './scale'
import classes from './charts.module.css'

export interface ForestRow {
  key: string
  label: ReactNode
  value: number | null
  low: number | null
  high: number | null
  /** As it is written beside. */
  text: ReactNode
  /** Not surely different: drawn hollow. */
  unsure?: boolean
  onOpen?: () => void
}

export function Forest(props: {
  label: string
  rows: ForestRow[]
  /** Where there is no difference: 1 for ratios, 0 for differences. */
  none: number
  /** Ratios stand on a logarithmic axis. */
  ratios?: boolean
  format: (value: number) => string
  /** What lies to either side of "none": "less often" and "more often". */
  sides?: [string, string]
}) {
  const { rows, none, ratios, format } = props
  const ends = rows
    .flatMap((row) => [row.value, row.low, row.high])
    .filter((value): value is number => value !== null && Number.isFinite(value) && (!ratios || value > 0))
  let [low, high] = [Math.min(none, ...ends), Math.max(none, ...ends)]
  if (ratios) {
    // An interval over many powers of ten says "unknown"; it shall not press all others together.
    ;[low, high] = [Math.max(low / 1.1, none / 1000), Math.min(high * 1.1, none * 1000)]
  } else {
    const margin = (high - low || 1) * 0.05
    ;[low, high] = [low - margin, high + margin]
  }
  const scale = ratios ? logarithmic(low, high) : linear(low, high, roundTicks(low, high, 5))
  const at = (value: number): number => (ratios && value <= 0 ? 0 : Math.max(0, Math.min(1, scale.at(value)))) * 100
  return (
    <div className={classes.chart}>
      <ul className={classes.forest} aria-label={props.label}>
        {props.sides && (
          <li className={classes.forestRow} aria-hidden="true">
            <span />
            <span className={classes.sides}>
              <span>{props.sides[0]}</span>
              <span>{props.sides[1]}</span>
            </span>
            <span />
          </li>
        )}
        {rows.map((row) => (
          <li key={row.key} className={classes.forestRow}>
            <span className={classes.barLabel}>
              <bdi>{row.label}</bdi>
            </span>
            <span className={classes.lane} aria-hidden="true">
              <span className={classes.noneLine} style={{ insetInlineStart: `${at(none)}%` }} />
              {row.low !== null && row.high !== null && (
                <span
                  className={classes.range}
                  style={{ insetInlineStart: `${at(row.low)}%`, inlineSize: `${at(row.high) - at(row.low)}%` }}
                />
              )}
              {row.value !== null && (
                <span
                  className={classes.point}
                  data-unsure={row.unsure || undefined}
                  style={{ insetInlineStart: `${at(row.value)}%` }}
                />
              )}
            </span>
            <span className={classes.barText}>
              {row.onOpen ? (
                <UnstyledButton className={classes.open} onClick={row.onOpen}>
                  {row.text}
                </UnstyledButton>
              ) : (
                row.text
              )}
            </span>
          </li>
        ))}
        <li className={classes.forestRow} aria-hidden="true">
          <span />
          <span className={classes.ticks}>
            {scale.ticks.map((tick) => (
              <span key={tick} style={{ insetInlineStart: `${at(tick)}%` }}>
                {format(tick)}
              </span>
            ))}
          </span>
          <span />
        </li>
      </ul>
    </div>
  )
}
