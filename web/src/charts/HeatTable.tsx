/** A table whose cells are tinted by their value: what is written stays readable, colour only helps the eye. */
import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './charts.module.css'

export interface HeatCell {
  /** 0…`most`; null: nothing to say, the cell is empty. */
  value: number | null
  text: string
  /** Not complete yet: hatched, and said by the title. */
  unfinished?: boolean
  title?: string
}

export interface HeatRow {
  key: string
  label: ReactNode
  /** Beside the label: how many there are. */
  size?: ReactNode
  cells: HeatCell[]
}

export function HeatTable(props: {
  label: string
  /** The heads of the label, of the size (when rows have one), and of the cells. */
  rowHead: ReactNode
  sizeHead?: ReactNode
  columns: string[]
  rows: HeatRow[]
  /** The value of the strongest tint; 1 unless said. */
  most?: number
  onOpen?: (row: number, column: number) => void
}) {
  const { rows, columns, most = 1, onOpen } = props
  const sized = props.sizeHead !== undefined
  return (
    <div className={`${classes.scroller} hs-scroll`} role="region" aria-label={props.label} tabIndex={0}>
      <table className={classes.heat} aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">{props.rowHead}</th>
            {sized && <th scope="col">{props.sizeHead}</th>}
            {columns.map((column, index) => (
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {sized && <td className={classes.size}>{row.size}</td>}
              {columns.map((_, index) => {
                const cell = row.cells[index]
                if (!cell || cell.value === null) return <td key={index} className={classes.noCell} />
                const tint = `${Math.round(Math.min(1, cell.value / (most || 1)) * 100)}%`
                return (
                  <td
                    key={index}
                    className={cell.unfinished ? `${classes.cell} ${classes.unfinished}` : classes.cell}
                    style={{ background: `color-mix(in srgb, var(--hs-heat) ${tint}, var(--hs-surface))` }}
                    title={cell.title}
                  >
                    {onOpen ? (
                      <UnstyledButton className={classes.cellButton} onClick={() => onOpen(at, index)}>
                        {cell.text}
                      </UnstyledButton>
                    ) : (
                      cell.text
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
