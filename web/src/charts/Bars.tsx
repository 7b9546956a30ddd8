/** Horizontal bars with the interval of their value; several a row when there are several series. */
import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Legend, type Named } from './Legend'
import { seriesColour } from './palette'
import classes from './charts.module.css'

export interface Bar {
  value: number | null
  low?: number | null
  high?: number | null
  /** As it is written beside the bar. */
  text: ReactNode
  onOpen?: () => void
}

export interface BarRow {
  key: string
  label: ReactNode
  /** One for each series. */
  bars: Bar[]
  /** The rest of all others: grey. */
  other?: boolean
}

export function Bars(props: {
  label: string
  series?: Named[]
  rows: BarRow[]
  /** The value of a full bar; the largest there is, unless said. */
  most?: number
}) {
  const { rows, series } = props
  const all = rows.flatMap((row) => row.bars.flatMap((bar) => [bar.value ?? 0, bar.high ?? 0]))
  const most = props.most ?? Math.max(...all, 0)
  const share = (value: number): string => `${most > 0 ? Math.max(0, Math.min(1, value / most)) * 100 : 0}%`
  return (
    <div className={classes.chart}>
      {series && <Legend series={series} />}
      <ul className={classes.bars} aria-label={props.label}>
        {rows.map((row) => (
          <li key={row.key} className={classes.barRow}>
            <span className={classes.barLabel}>
              <bdi>{row.label}</bdi>
            </span>
            <span className={classes.barsOfRow}>
              {row.bars.map((bar, index) => (
                <span key={index} className={classes.barLine}>
                  <span className={classes.track} aria-hidden="true">
                    {bar.value !== null && (
                      <span
                        className={classes.bar}
                        style={{
                          inlineSize: share(bar.value),
                          background: row.other ? 'var(--hs-other)' : (series?.[index]?.colour ?? seriesColour(index)),
                        }}
                      />
                    )}
                    {bar.low != null && bar.high != null && (
                      <span
                        className={classes.whisker}
                        style={{ insetInlineStart: share(bar.low), inlineSize: `calc(${share(bar.high)} - ${share(bar.low)})` }}
                      >
                        <span className={classes.whiskerLine} />
                      </span>
                    )}
                  </span>
                  <span className={classes.barText}>
                    {bar.onOpen ? (
                      <UnstyledButton className={classes.open} onClick={bar.onOpen}>
                        {bar.text}
                      </UnstyledButton>
                    ) : (
                      bar.text
                    )}
                  </span>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
