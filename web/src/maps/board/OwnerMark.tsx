/** Who answers for a stage or card: initials in a circle, the whole name on touch. */
import { IconUsers } from '@tabler/icons-react'
import type { Owner } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { initials } from '@/library/Portrait'
import { useOwnerName } from '../library'
import classes from './Board.module.css'

export function OwnerMark({ owner, named = false }: { owner: Owner; named?: boolean }) {
  const t = useT('maps')
  const name = useOwnerName(owner)
  return (
    <span data-tip={named ? undefined : t('owner_is', { name })} className={classes.owner}>
        <span className={classes.ownerMark} aria-hidden="true">
          {owner.kind === 'team' ? <IconUsers size={12} /> : initials(name)}
        </span>
        {named ? <bdi className={classes.ownerName}>{name}</bdi> : <span className="hs-unseen">{t('owner_is', { name })}</span>}
      </span>
  )
}
