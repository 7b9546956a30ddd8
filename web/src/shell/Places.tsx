/** The places of a workspace: the rail beside every screen, and on narrow windows the menu. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconArrowsSplit2,
  IconFileImport,
  IconMap2,
  IconSettings,
  IconTargetArrow,
  IconUserCheck,
  IconUserHeart,
  IconUsers,
} from '@tabler/icons-react'
import { Link, NavLink } from 'react-router'
import { useT } from '@/i18n/locale'
import { useScopeSearch } from './scope'
import { Mark } from './Mark'
import classes from './Frame.module.css'

export const PLACES = [
  { key: 'maps', icon: IconMap2, scoped: true },
  { key: 'paths', icon: IconArrowsSplit2, scoped: true },
  { key: 'persons', icon: IconUsers, scoped: false },
  { key: 'imports', icon: IconFileImport, scoped: false },
  { key: 'touchpoints', icon: IconTargetArrow, scoped: false },
  { key: 'personas', icon: IconUserHeart, scoped: false },
  { key: 'owned', icon: IconUserCheck, scoped: false },
  { key: 'settings', icon: IconSettings, scoped: false },
] as const

export function Places({ workspace, labels, onGo }: { workspace: string; labels: 'under' | 'beside'; onGo?: () => void }) {
  const t = useT('shell')
  const search = useScopeSearch()
  return (
    <nav aria-label={t('main_menu')} className={labels === 'under' ? classes.places : classes.menuPlaces}>
      {labels === 'under' && (
        <Tooltip label={t('product')} position="right">
          <UnstyledButton component={Link} to={`/w/${workspace}/maps`} className={classes.mark} aria-label={t('product')}>
            <Mark size={28} />
          </UnstyledButton>
        </Tooltip>
      )}
      {PLACES.map(({ key, icon: Icon, scoped }) => (
        <NavLink
          key={key}
          to={`/w/${workspace}/${key}${scoped ? search : ''}`}
          className={classes.place}
          data-last={key === 'settings' || undefined}
          onClick={onGo}
        >
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          <span>{t(`place.${key}`)}</span>
        </NavLink>
      ))}
    </nav>
  )
}
