/** The share that went on, with its interval drawn as a band and said in words. */
import { Tooltip } from '@mantine/core'
import type { Stage } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import type { RateValue } from '@/ui/Values'
import { useMeasured } from './context'
import classes from './measured.module.css'

export function StageShare({ stage }: { stage: Stage }) {
  const { stages } = useMeasured()
  const found = stages.get(stage.id)
  return <ShareLine rate={found?.share_went_on ?? null} />
}

export function ShareLine({ rate }: { rate: RateValue | null }) {
  const t = useT('maps')
  const shown = useFormats()
  if (!rate || rate.value === null) return <span className="hs-faint">{t('ui:no_data')}</span>
  const { value, n } = rate
  const low = rate.low ?? value
  const high = rate.high ?? value
  return (
    <Tooltip label={t('ui:interval_help')}>
      <div className={classes.share} tabIndex={0}>
        <div className={classes.shareLine}>
          <strong className={`${classes.shareValue} hs-tabular`}>{shown.percent(value)}</strong>
          <span className={`${classes.small} hs-tabular`}>
            {t('ui:interval', { low: shown.percent(low), high: shown.percent(high) })} · {t('ui:n_is', { n })}
          </span>
        </div>
        <div className={classes.track} aria-hidden="true">
          <span
            className={classes.band}
            style={{ insetInlineStart: `${low * 100}%`, inlineSize: `${Math.max(0.8, (high - low) * 100)}%` }}
          />
          <span className={classes.point} style={{ insetInlineStart: `${value * 100}%` }} />
        </div>
      </div>
    </Tooltip>
  )
}
