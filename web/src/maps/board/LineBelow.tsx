/** A line of the service blueprint under its lane: what stands above and below it is on different sides of something. */
import type { BlueprintLine } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useMap } from '../session'
import classes from './LineBelow.module.css'

export const LINE_KINDS = ['interaction', 'visibility', 'internal_interaction'] as const satisfies readonly BlueprintLine['kind'][]

/** The lines drawn under a lane, in their order. */
export function useLinesBelow(lane: string): readonly BlueprintLine[] {
  const lines = useMap((snapshot) => snapshot.lines)
  return lines.filter((line) => line.after_lane === lane)
}

export function LineBelow({ line }: { line: BlueprintLine }) {
  const t = useT('maps')
  return (
    <div role="row" className={classes.line} data-kind={line.kind}>
      <div role="cell" className={classes.label}>
        {t(`line.${line.kind}`)}
      </div>
    </div>
  )
}
