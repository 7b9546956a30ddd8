/** The fields of one difference: what was there before, what is there after. */
import { useT } from '@/i18n/locale'
import type { Difference } from './api'
import classes from './compare.module.css'

export function FieldChanges({ difference }: { difference: Difference }) {
  const t = useT('maps/compare')
  if (difference.fields.length === 0) return null
  return (
    <dl className={classes.fields}>
      {difference.fields.map((field) => (
        <div key={field.field} className={classes.field}>
          <dt>{field.label}</dt>
          <dd>
            <span className={classes.value}>
              <span className={classes.valueSide}>{t('before')}</span>
              {field.before ? <del className="hs-plain">{field.before}</del> : <span className="hs-faint">{t('nothing')}</span>}
            </span>
            <span className={classes.value}>
              <span className={classes.valueSide}>{t('after')}</span>
              {field.after ? <ins className="hs-plain">{field.after}</ins> : <span className="hs-faint">{t('nothing')}</span>}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
