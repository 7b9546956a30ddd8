import { Avatar, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconLogout, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { useTellProblem } from './problems'
import { signOut, useSession } from './session'
import classes from './UserMenu.module.css'

// Fetched when the menu is first opened: every screen has the button.
const UserChoices = lazy(() => import('./UserChoices'))

export function UserMenu() {
  const t = useT('shell')
  const { w } = useParams()
  const go = useNavigate()
  const queries = useQueryClient()
  const { data } = useSession()
  const tell = useTellProblem()
  const user = data?.user
  if (!user) return null

  return (
    <Menu position="bottom-end" width={252} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <VisuallyHidden>{t('user_menu', { name: user.name })}</VisuallyHidden>
          <Avatar size={30} radius="xl" color="sea" aria-hidden="true">
            {initials(user.name)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{user.name}</strong>
          <bdi className="hs-faint hs-ltr">{user.email}</bdi>
        </div>
        <Suspense fallback={<div className={classes.choices} data-coming />}>
          <UserChoices user={user} />
        </Suspense>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => go(`/w/${w}/settings/profile`)}>
          {t('profile')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} className="hs-mirror" />}
          onClick={() =>
            signOut().then(() => {
              queries.clear()
              void go('/signin')
            }, tell)
          }
        >
          {t('sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  // Persian letters join when they stand together; a half-space keeps them initials.
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('\u200c')
    .toUpperCase()
}
