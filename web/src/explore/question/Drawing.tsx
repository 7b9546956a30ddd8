import type { ReactNode } from 'react'
import classes from './Drawing.module.css'

/** The frame of a page's drawing: what it shows in words, and what "export as picture" takes. */
export function Drawing(props: { label: string; plain?: boolean; children: ReactNode }) {
  return (
    <figure
      className={props.plain ? classes.plain : `${classes.drawing} hs-card`}
      aria-label={props.label}
      data-drawing={props.label}
    >
      {props.children}
    </figure>
  )
}
