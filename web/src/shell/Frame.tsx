/** Rail, and beside it the screen; every page of a workspace stands in it. */
import { Drawer, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconArrowsSplit2,
  IconFileImport,
  IconMap2,
  IconSettings,
  IconTargetArrow,
  IconUserHeart,
  IconUsers,
} from '@tabler/icons-react'
import { createContext, lazy, Suspense, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { Link, NavLink, Navigate, Outlet, useLocation, useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { LoadingScreen } from '@/ui/States'
import { useScopeSearch } from './scope'
import { useSession } from './session'
import { Mark } from './Mark'
import { WhoProvider } from './Who'
import classes from './Frame.module.css'

const Palette = lazy(() => import('./Palette'))

export const PLACES = [
  { key: 'maps', icon: IconMap2, scoped: true },
  { key: 'paths', icon: IconArrowsSplit2, scoped: true },
  { key: 'persons', icon: IconUsers, scoped: false },
  { key: 'imports', icon: IconFileImport, scoped: false },
  { key: 'touchpoints', icon: IconTargetArrow, scoped: false },
  { key: 'personas', icon: IconUserHeart, scoped: false },
  { key: 'settings', icon: IconSettings, scoped: false },
] as const

interface FrameDoors {
  openMenu: () => void
  openPalette: () => void
}

const FrameContext = createContext<FrameDoors | null>(null)

export function useFrame(): FrameDoors {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('useFrame outside Frame')
  return frame
}

function Places({ workspace, labels, onGo }: { workspace: string; labels: 'under' | 'beside'; onGo?: () => void }) {
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

export function Component() {
  const t = useT('shell')
  const { w } = useParams()
  const { pathname, search } = useLocation()
  const session = useSession()
  const [menu, setMenu] = useState(false)
  const [palette, setPalette] = useState(false)

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
        event.preventDefault()
        setPalette(true)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const openMenu = useCallback(() => setMenu(true), [])
  const openPalette = useCallback(() => setPalette(true), [])
  const doors = useMemo(() => ({ openMenu, openPalette }), [openMenu, openPalette])

  if (!session.data) return <LoadingScreen />
  if (session.data.setup_needed) return <Navigate to="/setup" replace />
  if (!session.data.user) return <Navigate to={`/signin?next=${encodeURIComponent(pathname + search)}`} replace />
  const workspace = session.data.workspaces.find((one) => one.id === w)
  if (!workspace) return <Navigate to="/" replace />

  return (
    <FrameContext.Provider value={doors}>
      <WhoProvider>
        <a href="#content" className={classes.skip}>
          {t('skip_to_content')}
        </a>
        <div className={classes.frame}>
          <div className={classes.rail}>
            <Places workspace={workspace.id} labels="under" />
          </div>
          <div className={classes.screen}>
            <Suspense fallback={<LoadingScreen />}>
              <Outlet />
            </Suspense>
          </div>
        </div>
        <Drawer
          opened={menu}
          onClose={() => setMenu(false)}
          size={260}
          title={
            <span className={classes.menuTitle}>
              <Mark size={22} /> {t('product')}
            </span>
          }
          closeButtonProps={{ 'aria-label': t('ui:close') }}
        >
          <Places workspace={workspace.id} labels="beside" onGo={() => setMenu(false)} />
        </Drawer>
        {palette && (
          <Suspense fallback={null}>
            <Palette workspace={workspace.id} onClose={() => setPalette(false)} />
          </Suspense>
        )}
      </WhoProvider>
    </FrameContext.Provider>
  )
}

