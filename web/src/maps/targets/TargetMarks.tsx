/** The targets of a map, stage or touchpoint where it stands: what is wanted, and what is measured now. */
import { IconTargetArrow } from '@tabler/icons-react'
import type { Target } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { useMap } from '../session'
import { useTargetMeasure } from './context'
import { METRICS, plainValue, sameScope, verdict } from './targets'
import classes from './targets.module.css'

/** A share, a duration or an emotion, as the reader writes it. */
export function useTargetText(): (target: Target, plain: number) => string {
  const shown = useFormats()
  return (target, plain) => {
    if (target.unit === '%') return shown.percent(plain)
    return target.unit ? shown.duration(plain) : shown.num(plain, 1)
  }
}

export function TargetMarks({ scope }: { scope: Target['scope'] }) {
  const targets = useMap((snapshot) => snapshot.targets)
  const here = targets.filter((target) => sameScope(target.scope, scope))
  if (here.length === 0) return null
  return (
    <div className={classes.marks}>
      {here.map((target) => (
        <TargetMark key={target.id} target={target} />
      ))}
    </div>
  )
}

export function TargetMark({ target, long = false }: { target: Target; long?: boolean }) {
  const t = useT('maps/board')
  const shown = useFormats()
  const text = useTargetText()
  const found = useTargetMeasure()(target)
  const told = found ? verdict(target, found) : null
  // A file may aim at what only its author measures.
  const name = target.metric in METRICS ? t(`target.${target.metric}`) : target.metric
  const wanted = text(target, plainValue(target))
  const now = found ? t('target.now', { value: text(target, found.value), n: found.n }) : t('target.no_data')
  const due = target.due_on ? t('target.by', { day: shown.date(target.due_on) }) : ''
  return (
    <span data-tip={long ? undefined : [`${name}: ${wanted}`, due, now, told && t(`target.${told}`)].filter(Boolean).join(' · ')} className={classes.mark} data-verdict={told ?? undefined} tabIndex={long ? undefined : 0}>
        <IconTargetArrow size={13} aria-hidden="true" />
        <span>
          {name} <strong className="hs-tabular">{wanted}</strong>
        </span>
        <span className={`${classes.now} hs-tabular`}>{now}</span>
        {told && <span className={classes.verdict}>{t(`target.${told}`)}</span>}
        {long && due && <span className="hs-faint">{due}</span>}
      </span>
  )
}
