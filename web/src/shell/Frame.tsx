/** Rail, and beside it the screen; every page of a workspace stands in it. */
import { createContext, lazy, Suspense, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { Navigate, Outlet, useLocation, useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { LoadingScreen } from '@/ui/States'
import { useSession } from './session'
import { Styled, useStyleOf } from './style/Styled'
import { Places } from './Places'
import { WhoProvider } from './Who'
import classes from './Frame.module.css'

const Palette = lazy(() => import('./Palette'))
const MenuDrawer = lazy(() => import('./MenuDrawer'))

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

export function Component() {
  const t = useT('shell')
  const { w } = useParams()
  const { pathname, search } = useLocation()
  const session = useSession()
  // Null until it is first asked for: then only is it fetched.
  const [menu, setMenu] = useState<boolean | null>(null)
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
      <Wearing workspace={workspace.id}>
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
        {menu !== null && (
          <Suspense fallback={null}>
            <MenuDrawer workspace={workspace.id} opened={menu} onClose={() => setMenu(false)} />
          </Suspense>
        )}
        {palette && (
          <Suspense fallback={null}>
            <Palette workspace={workspace.id} onClose={() => setPalette(false)} />
          </Suspense>
        )}
      </Wearing>
      </WhoProvider>
    </FrameContext.Provider>
  )
}

function Wearing({ workspace, children }: { workspace: string; children: ReactNode }) {
  return <Styled style={useStyleOf(workspace).data ?? null}>{children}</Styled>
}
