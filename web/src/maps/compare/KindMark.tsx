/** What kind of difference it is: an icon, a word and a colour. */
import { IconArrowsMove, IconMinus, IconMoodSmile, IconPencil, IconPlus, IconUser, type Icon } from '@tabler/icons-react'
import { useT } from '@/i18n/locale'
import { isKind, type Kind } from './differences'
import classes from './compare.module.css'

export const KIND_ICONS: Record<Kind, Icon> = {
  added: IconPlus,
  removed: IconMinus,
  moved: IconArrowsMove,
  changed: IconPencil,
  owner: IconUser,
  emotion: IconMoodSmile,
}

export function KindMarks({ kinds }: { kinds: readonly string[] }) {
  const t = useT('maps/compare')
  return (
    <span className={classes.marks}>
      {kinds.filter(isKind).map((kind) => {
        const Icon = KIND_ICONS[kind]
        return (
          <span key={kind} className={classes.mark} data-kind={kind}>
            <Icon size={12} stroke={2} aria-hidden="true" />
            {t(`kind.${kind}`)}
          </span>
        )
      })}
    </span>
  )
}
