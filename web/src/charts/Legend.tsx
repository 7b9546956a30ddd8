import { seriesColour } from './palette'
import classes from './charts.module.css'

export interface Named {
  key: string
  label: string
  colour?: string
  dashed?: boolean
}

/** Which colour is what; nothing for a single series. */
export function Legend({ series }: { series: Named[] }) {
  if (series.length < 2) return null
  return (
    <ul className={classes.legend}>
      {series.map((one, index) => (
        <li key={one.key}>
          <span
            className={classes.swatch}
            data-dashed={one.dashed || undefined}
            style={{ borderColor: one.colour ?? seriesColour(index) }}
          />
          <bdi>{one.label}</bdi>
        </li>
      ))}
    </ul>
  )
}
