/** One stage's instances split in three: pattern as well as colour tells them apart. Grows in the reading direction. */
import classes from './measured.module.css'

export interface Split {
  went_on: number
  still_open: number
  left: number
}

export function SplitBar({ stage, of, thin = false }: { stage: Split; of: number; thin?: boolean }) {
  const share = (n: number) => `${of > 0 ? (n / of) * 100 : 0}%`
  return (
    <div className={classes.split} data-thin={thin || undefined} aria-hidden="true">
      <span className={classes.wentOn} style={{ inlineSize: share(stage.went_on) }} />
      <span className={classes.stillOpen} style={{ inlineSize: share(stage.still_open) }} />
      <span className={classes.left} style={{ inlineSize: share(stage.left) }} />
    </div>
  )
}

export type SwatchKind = 'wentOn' | 'notSeenAfter' | 'stillOpen' | 'left' | 'skipped'

export function Swatch({ kind }: { kind: SwatchKind }) {
  return <span className={`${classes.swatch} ${classes[kind]}`} aria-hidden="true" />
}
