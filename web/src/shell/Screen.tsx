/** One screen: top bar (where am I, of which days and persons, search, me) and the content under it. */
import { ActionIcon, Badge, Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconChevronDown, IconChevronRight, IconMenu2, IconPlus, IconSearch } from '@tabler/icons-react'
import { Fragment, lazy, Suspense, useEffect, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { useT } from '@/i18n/locale'
import { useFrame } from './Frame'
import { Bell } from './notices/Bell'
import { useScopeSearch } from './scope'
import { useSession, useWorkspace } from './session'
import { UserMenu } from './UserMenu'
import classes from './Screen.module.css'

const ScopeBar = lazy(() => import('./ScopeBar'))

export interface Crumb {
  label: string
  /** Inside the workspace, e.g. "maps"; the last crumb has none. */
  to?: string
}

export function Screen(props: {
  crumbs: Crumb[]
  /** Show date range and filter: only where every number follows them. */
  scoped?: boolean
  /** What else narrows the numbers of the screen, after date range and filter. */
  scope?: ReactNode
  /** Buttons of the whole screen, at the end of its title line. */
  actions?: ReactNode
  /** `full`: no padding, the content is its own canvas; `text`: a narrow column for forms. */
  width?: 'wide' | 'full' | 'text'
  /** The inspector, when something is selected. */
  aside?: ReactNode
  /** Hide the big title (the crumbs say it already). */
  bare?: boolean
  children: ReactNode
}) {
  const t = useT('shell')
  const workspace = useWorkspace()
  const { openMenu, openPalette } = useFrame()
  const search = useScopeSearch()
  const title = props.crumbs.at(-1)?.label ?? ''
  const width = props.width ?? 'wide'

  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])

  return (
    <>
      <header className={classes.bar}>
        <ActionIcon variant="subtle" color="gray" className={classes.burger} onClick={openMenu} aria-label={t('main_menu')}>
          <IconMenu2 size={19} />
        </ActionIcon>
        <WorkspaceMenu />
        {workspace.is_sample && (
          <Badge className={classes.sample} variant="light" color="orange" radius="sm" tt="none" title={t('sample_help')}>
            {t('sample')}
          </Badge>
        )}
        <nav aria-label={t('breadcrumb')} className={classes.crumbs}>
          {props.crumbs.map((crumb, index) => (
            <Fragment key={index}>
              <IconChevronRight size={14} className={`hs-mirror ${classes.chevron}`} aria-hidden="true" />
              {crumb.to !== undefined && index < props.crumbs.length - 1 ? (
                <Link to={`/w/${workspace.id}/${crumb.to}${search}`} className={classes.crumb}>
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current="page" className={classes.here}>
                  {crumb.label}
                </span>
              )}
            </Fragment>
          ))}
        </nav>
        <span className={classes.spring} />
        {props.scoped && (
          <div className={classes.scope}>
            <Suspense fallback={null}>
              <ScopeBar />
            </Suspense>
            {props.scope && <Suspense fallback={null}>{props.scope}</Suspense>}
          </div>
        )}
        <UnstyledButton className={classes.search} onClick={openPalette}>
          <IconSearch size={16} aria-hidden="true" />
          <VisuallyHidden>{t('palette.open')}</VisuallyHidden>
          <kbd className="hs-ltr">Ctrl K</kbd>
        </UnstyledButton>
        <Bell />
        <UserMenu />
      </header>
      <div className={classes.body}>
        <main id="content" className={classes[width]} tabIndex={-1}>
          {props.bare || width === 'full' ? (
            <VisuallyHidden component="h1">{title}</VisuallyHidden>
          ) : (
            <div className={classes.titleLine}>
              <h1 className={`${classes.title} hs-plain`}>{title}</h1>
              {props.actions && <div className={classes.actions}>{props.actions}</div>}
            </div>
          )}
          {props.children}
        </main>
        {props.aside}
      </div>
    </>
  )
}

function WorkspaceMenu() {
  const t = useT('shell')
  const go = useNavigate()
  const workspace = useWorkspace()
  const { data } = useSession()
  return (
    <Menu position="bottom-start" width={250}>
      <Menu.Target>
        <UnstyledButton className={classes.workspace} aria-label={t('workspace_menu', { name: workspace.name })}>
          <span className={classes.workspaceName}>{workspace.name}</span>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('workspaces')}</Menu.Label>
        {data?.workspaces.map((one) => (
          <Menu.Item
            key={one.id}
            onClick={() => go(`/w/${one.id}/maps`)}
            rightSection={one.id === workspace.id ? <IconCheck size={15} aria-hidden="true" /> : null}
          >
            {one.name}
            {one.is_sample && <span className="hs-faint"> · {t('sample')}</span>}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={15} />} onClick={() => go(`/w/${workspace.id}/settings/new-workspace`)}>
          {t('new_workspace')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
