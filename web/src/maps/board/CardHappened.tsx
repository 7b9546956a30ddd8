/** What the paths say about a touchpoint's card: how many came, and the deviations as small counted marks. */
import { IconAlertTriangle, IconArrowBackUp, IconClockExclamation, IconPlus, IconUserMinus } from '@tabler/icons-react'
import type { Card } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { useMeasured } from '../measured/context'
import classes from './CardView.module.css'

export function CardHappened({ card }: { card: Card }) {
  const t = useT('maps')
  const shown = useFormats()
  const { map, cards, adHocFrom } = useMeasured()
  const found = cards.get(card.id)
  if (!map || !found) return null
  const missing = found.deviations.missing?.instances ?? 0
  const group = card.need === 'any_of' ? map.groups.find((one) => one.cards.includes(card.id) && one.cards[0] === card.id) : undefined
  const adHoc = adHocFrom.get(card.id) ?? []
  const share = found.share_of_persons.value
  const marks = [
    { key: 'missing', n: missing + (group?.missing?.instances ?? 0), icon: IconUserMinus },
    { key: 'out_of_sequence', n: found.deviations.out_of_sequence.instances, icon: IconArrowBackUp },
    { key: 'failing', n: found.deviations.failing?.instances ?? 0, icon: IconAlertTriangle },
    { key: 'late', n: found.deviations.late?.instances ?? 0, icon: IconClockExclamation },
    { key: 'ad_hoc', n: adHoc.length, icon: IconPlus },
  ].filter((mark) => mark.n > 0)
  return (
    <div className={classes.happened}>
      <span data-tip={t('touchpoint_share_help', { n: found.share_of_persons.n })} className={`${classes.persons} hs-tabular`}>
          <span className={classes.bar} aria-hidden="true">
            <span style={{ inlineSize: `${(share ?? 0) * 100}%` }} />
          </span>
          {found.persons === 0 ? t('never_reached') : shown.compact(found.persons)}
          {share !== null && found.persons > 0 && <span className="hs-faint"> · {shown.percent(share)}</span>}
        </span>
      <span className={classes.marks}>
        {marks.map(({ key, n, icon: Icon }) => (
          <span key={key} data-tip={t(`mark.${key}`, { count: n })} className={`${classes.mark} hs-tabular`} data-kind={key}>
              <Icon size={11} aria-hidden="true" className={key === 'out_of_sequence' ? 'hs-mirror' : undefined} />
              <span aria-hidden="true">{shown.compact(n)}</span>
              <span className="hs-unseen">{t(`mark.${key}`, { count: n })}</span>
            </span>
        ))}
      </span>
    </div>
  )
}
