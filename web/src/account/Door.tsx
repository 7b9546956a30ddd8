/** The plain page in front of the product: mark, a form, and the choice of language. */
import { SegmentedControl } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import type { Language } from '@/i18n/format'
import { useLocale, useT } from '@/i18n/locale'
import { Mark } from '@/shell/Mark'
import classes from './Door.module.css'

export function Door({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const t = useT('account')
  const { language, setLocale } = useLocale()
  useEffect(() => {
    document.title = `${title} · ${t('shell:product')}`
  }, [title, t])
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <Mark size={30} />
          <strong>{t('shell:product')}</strong>
        </span>
        <SegmentedControl
          size="xs"
          aria-label={t('shell:language')}
          value={language}
          data={[
            { value: 'fa', label: 'فارسی' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(value) => setLocale(value as Language, value === 'fa' ? 'jalali' : 'gregorian')}
        />
      </header>
      <main className={classes.main}>
        <div className={classes.form}>
          <h1 className={classes.title}>{title}</h1>
          {text && <p className="hs-soft">{text}</p>}
          {children}
        </div>
        <Scene />
      </main>
    </div>
  )
}

/** What the product does, in one drawing: the drawn curve, and dotted beside it the path really walked. */
function Scene() {
  const t = useT('account')
  return (
    <figure className={classes.scene}>
      <svg viewBox="0 0 420 300" aria-hidden="true" className={classes.drawing}>
        {[0, 1, 2, 3].map((stage) => (
          <g key={stage}>
            <rect x={10 + stage * 102} y="14" width="94" height="26" rx="6" className={classes.stage} />
            <rect x={22 + stage * 102} y="24" width={46 - stage * 5} height="6" rx="3" className={classes.ink} />
            <rect x={10 + stage * 102} y="52" width="94" height={stage % 2 ? 30 : 38} rx="6" className={classes.card} />
            <rect x={20 + stage * 102} y="62" width="58" height="5" rx="2.5" className={classes.faint} />
            <rect x={20 + stage * 102} y="72" width={30 + stage * 6} height="5" rx="2.5" className={classes.faint} />
          </g>
        ))}
        <path d="M30 158C80 158 90 112 150 116s70 76 130 66 60-52 116-58" className={classes.drawn} />
        <path d="M30 168C80 166 96 130 150 136s70 92 130 82 66-30 116-34" className={classes.walked} />
        <line x1="10" y1="240" x2="410" y2="240" className={classes.rule} />
        {[
          [94, 94],
          [94, 70],
          [94, 46],
          [94, 34],
        ].map(([all, stay], stage) => (
          <g key={stage}>
            <rect x={10 + stage * 102} y="254" width={all} height="16" rx="4" className={classes.rest} />
            <rect x={10 + stage * 102} y="254" width={stay} height="16" rx="4" className={classes.stayed} />
          </g>
        ))}
      </svg>
      <figcaption>{t('motto')}</figcaption>
    </figure>
  )
}
