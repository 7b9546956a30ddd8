/** Every address of the product and the screen it opens; each screen is fetched when first visited. */
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { Crash } from './Crash'
import { Home } from './Home'
import { LoadingScreen } from '@/ui/States'

const screens: RouteObject[] = [
  { index: true, element: <Navigate to="maps" replace /> },
  { path: 'maps', lazy: () => import('@/maps/MapsList') },
  { path: 'maps/:m', lazy: () => import('@/maps/MapScreen') },
  { path: 'touchpoints', lazy: () => import('@/library/Touchpoints') },
  { path: 'personas', lazy: () => import('@/library/Personas') },
  { path: 'personas/:p', lazy: () => import('@/library/PersonaScreen') },
  { path: 'paths', lazy: () => import('@/explore/Overview') },
  { path: 'paths/flow', lazy: () => import('@/explore/Flow') },
  { path: 'paths/funnel', lazy: () => import('@/explore/Funnel') },
  { path: 'paths/variants', lazy: () => import('@/explore/Variants') },
  { path: 'persons', lazy: () => import('@/explore/Persons') },
  { path: 'persons/:p', lazy: () => import('@/explore/PersonPath') },
  { path: 'imports', lazy: () => import('@/events/Imports') },
  { path: 'imports/new', lazy: () => import('@/events/ImportWizard') },
  { path: 'imports/:i', lazy: () => import('@/events/ImportResult') },
  { path: 'settings', element: <Navigate to="profile" replace /> },
  { path: 'settings/profile', lazy: () => import('@/settings/Profile') },
  { path: 'settings/workspace', lazy: () => import('@/settings/WorkspaceSettings') },
  { path: 'settings/members', lazy: () => import('@/settings/Members') },
  { path: 'settings/new-workspace', lazy: () => import('@/settings/NewWorkspace') },
]

export const routes: RouteObject[] = [
  {
    errorElement: <Crash />,
    hydrateFallbackElement: <LoadingScreen />,
    children: [
      { path: '/', element: <Home /> },
      { path: '/signin', lazy: () => import('@/account/SignIn') },
      { path: '/setup', lazy: () => import('@/account/SetUp') },
      { path: '/invite/:token', lazy: () => import('@/account/Invite') },
      {
        path: '/w/:w',
        lazy: () => import('@/shell/Frame'),
        children: [{ errorElement: <Crash />, children: screens }],
      },
      { path: '*', element: <Crash notFound /> },
    ],
  },
]

export const makeRouter = () => createBrowserRouter(routes)
