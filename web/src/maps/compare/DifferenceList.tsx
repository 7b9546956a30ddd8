/** The differences as a list, stage by stage. */
import { useFormats, useT } from '@/i18n/locale'
import type { Difference } from './api'
import { byStage, keyOf } from './differences'
import { FieldChanges } from './FieldChanges'
import { KindMarks } from './KindMark'
import classes from './compare.module.css'

export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  const t = useT('maps/compare')
  const formats = useFormats()
  return (
    // It scrolls, so it must be reachable by keyboard.
    <div className={`${classes.groups} hs-scroll`} role="group" aria-label={t('view.list')} tabIndex={0}>
      {byStage(differences).map((group) => (
        <section key={group.key} aria-label={group.name}>
          <h2 className={classes.groupName}>
            <bdi>{group.name}</bdi> <span className="hs-faint hs-tabular">{formats.num(group.differences.length)}</span>
          </h2>
          <ul className={classes.list}>
            {group.differences.map((one) => (
              <li key={keyOf(one)} className={classes.item}>
                <Told difference={one} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Told({ difference }: { difference: Difference }) {
  const t = useT('maps/compare')
  return (
    <>
      <div className={classes.itemHead}>
        <KindMarks kinds={difference.kinds} />
        <span className="hs-faint">{difference.part_label}</span>
      </div>
      <p className={`${classes.said} hs-plain`}>{difference.said || t('no_text')}</p>
      {difference.owners.length > 0 && (
        <p className={classes.owners}>{t('owners', { names: difference.owners.join(t('ui:list_joiner')) })}</p>
      )}
      <FieldChanges difference={difference} />
    </>
  )
}
