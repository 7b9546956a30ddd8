/** A small map in the style, in light and in dark beside each other. */
import type { CSSProperties } from 'react'
import type { MapStyle } from '@/api/types'
import { useFormats, useT } from '@/i18n/locale'
import { declarations, stageColor, type Scheme } from '@/shell/style/css'
import { Logo } from '@/shell/style/Logo'
import classes from './style.module.css'

const CARDS = [
  ['amber', 'teal'],
  ['blue', 'green'],
  ['violet', 'red'],
] as const

export function Preview({ style }: { style: MapStyle }) {
  const t = useT('settings')
  return (
    <section className={classes.previews} aria-label={t('style_page.preview')}>
      <Sheet style={style} scheme="light" />
      <Sheet style={style} scheme="dark" />
    </section>
  )
}

function Sheet({ style, scheme }: { style: MapStyle; scheme: Scheme }) {
  const t = useT('settings')
  const shown = useFormats()
  return (
    <figure className={classes.sheet} style={declarations(style, scheme, true) as CSSProperties}>
      <figcaption className={classes.scheme}>{t(`style_page.${scheme}`)}</figcaption>
      <div className={classes.head}>
        <div className={classes.titles}>
          <div className={classes.title}>{t('style_page.sample_title')}</div>
          <div className={classes.kind}>{t('style_page.sample_kind')}</div>
        </div>
        {style.logo && <Logo logo={style.logo} height={36} scheme={scheme} />}
      </div>
      <div className={classes.stages}>
        {CARDS.map((colors, index) => (
          <div key={index} className={classes.stage} style={{ borderBlockStartColor: stageColor(style, index) ?? 'var(--hs-line-strong)' }}>
            <div className={classes.stageName}>
              <span className={classes.number}>{shown.num(index + 1)}</span>
              {t(`style_page.sample_stage_${index + 1}`)}
            </div>
            {colors.map((color, row) => (
              <div key={color} className={classes.card} style={{ background: `var(--hs-card-${color})` }}>
                {t(`style_page.sample_card_${index + 1 + row * 3}`)}
                {index === 2 && row === 0 && <span className={classes.mark}>{t('style_page.sample_mark')}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <span className={classes.button}>{t('style_page.sample_button')}</span>
    </figure>
  )
}
