/** Drawn over a part that somebody else has selected or is writing in; the part itself is not drawn again. */
import { IconPencil } from '@tabler/icons-react'
import { useT } from '@/i18n/locale'
import { useAt } from './context'
import classes from './together.module.css'

export function Marks({ part }: { part: string }) {
  const t = useT('maps')
  const at = useAt(part)
  // Whoever writes comes before those who only look.
  const first = at.find((one) => one.editing === part) ?? at[0]
  if (!first) return null
  const writes = first.editing === part
  const names = [...new Set(at.map((one) => one.user.name))]
  return (
    <span className={classes.mark} data-tint={first.tint} data-writes={writes || undefined}>
      <span className={classes.tag}>
        {writes && <IconPencil size={11} aria-hidden="true" />}
        <bdi aria-hidden="true">{first.user.name}</bdi>
        {names.length > 1 && (
          <bdi dir="ltr" aria-hidden="true">
            +{names.length - 1}
          </bdi>
        )}
        <span className="hs-unseen">{t(writes ? 'together.writes' : 'together.looks', { name: writes ? first.user.name : names.join(t('ui:comma')) })}</span>
      </span>
    </span>
  )
}
