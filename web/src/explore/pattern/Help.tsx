import { useT } from '@/i18n/locale'
import classes from './Pattern.module.css'

const SIGNS: [string, string][] = [
  ['a -> b', 'then'],
  ['a | b', 'or'],
  ['!a', 'not'],
  ['.', 'any'],
  ['...', 'eventually'],
  ['a*  a+  a?  a{2,5}', 'times'],
  ['(start)  (end)', 'border'],
  ['a -> ... -> b within 2d', 'within'],
  ['a -> within 1h b', 'gap'],
  ['"add to cart"', 'quotes'],
  ['~"page_*"', 'like'],
]

/** The language on one page. */
export function Help() {
  const t = useT('explore/pattern')
  return (
    <section className={`${classes.help} hs-card`}>
      <h2 className={classes.helpTitle}>{t('language')}</h2>
      <dl className={classes.signs}>
        {SIGNS.map(([sign, key]) => (
          <div key={key}>
            <dt>
              <code dir="ltr">{sign}</code>
            </dt>
            <dd>{t(`sign.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
