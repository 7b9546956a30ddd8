/** Every address of the product and the screen it opens; each screen is fetched when first visited. */
import type { ComponentType } from 'react'
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { Crash } from './Crash'
import { Home } from './Home'
import { screenTexts } from '@/i18n/texts'
import { LoadingScreen } from '@/ui/States'

type Loaded = { Component: ComponentType }

/** A screen comes with the texts of its room (and of rooms whose parts it shows). */
function screen(load: () => Promise<Loaded>, ...rooms: string[]): () => Promise<Loaded> {
  return async () => {
    const [loaded] = await Promise.all([load(), screenTexts(...rooms)])
    // Where the texts of a room's parts are is known only now that its code is here.
    await screenTexts(...rooms)
    return loaded
  }
}

const screens: RouteObject[] = [
  { index: true, element: <Navigate to="maps" replace /> },
  { path: 'maps', lazy: screen(() => import('@/maps/list/MapsList'), 'maps/list') },
  { path: 'maps/:m', lazy: screen(() => import('@/maps/MapScreen'), 'maps', 'maps/board', 'maps/cards', 'maps/files', 'library') },
  {
    path: 'maps/:m/versions/:v',
    lazy: screen(() => import('@/maps/versions/VersionScreen'), 'maps', 'maps/board', 'maps/cards', 'library', 'maps/versions'),
  },
  { path: 'maps/:m/compare', lazy: screen(() => import('@/maps/compare/CompareScreen'), 'maps', 'maps/versions', 'maps/compare') },
  { path: 'touchpoints', lazy: screen(() => import('@/library/Touchpoints'), 'library') },
  { path: 'personas', lazy: screen(() => import('@/library/Personas'), 'library') },
  { path: 'personas/compare', lazy: screen(() => import('@/library/PersonaCompare'), 'library') },
  { path: 'personas/:p', lazy: screen(() => import('@/library/PersonaScreen'), 'library') },
  { path: 'paths/:question?', lazy: screen(() => import('@/explore/question/PathsFrame'), 'explore') },
  { path: 'persons', lazy: screen(() => import('@/explore/Persons'), 'explore') },
  { path: 'persons/:p', lazy: screen(() => import('@/explore/PersonPath'), 'explore') },
  { path: 'imports', lazy: screen(() => import('@/events/Imports'), 'events') },
  { path: 'imports/new', lazy: screen(() => import('@/events/ImportWizard'), 'events') },
  { path: 'imports/:i', lazy: screen(() => import('@/events/ImportResult'), 'events') },
  { path: 'owned', lazy: screen(() => import('@/maps/owned/Owned'), 'maps', 'maps/owned') },
  { path: 'notices', lazy: screen(() => import('@/shell/notices/NoticesScreen'), 'shell/notices') },
  { path: 'settings', element: <Navigate to="profile" replace /> },
  { path: 'settings/profile', lazy: screen(() => import('@/settings/Profile'), 'settings') },
  { path: 'settings/notices', lazy: screen(() => import('@/settings/Notices'), 'settings') },
  { path: 'settings/workspace', lazy: screen(() => import('@/settings/WorkspaceSettings'), 'settings') },
  { path: 'settings/style', lazy: screen(() => import('@/settings/style/StyleSettings'), 'settings') },
  { path: 'settings/members', lazy: screen(() => import('@/settings/Members'), 'settings') },
  { path: 'settings/teams', lazy: screen(() => import('@/settings/Teams'), 'settings') },
  { path: 'settings/new-workspace', lazy: screen(() => import('@/settings/NewWorkspace'), 'settings') },
]

export const routes: RouteObject[] = [
  {
    errorElement: <Crash />,
    hydrateFallbackElement: <LoadingScreen />,
    children: [
      { path: '/', element: <Home /> },
      { path: '/signin', lazy: screen(() => import('@/account/SignIn'), 'account') },
      { path: '/setup', lazy: screen(() => import('@/account/SetUp'), 'account') },
      { path: '/shared/:token', lazy: screen(() => import('@/maps/shared/SharedMap'), 'maps', 'maps/board', 'maps/cards', 'library', 'maps/shared') },
      { path: '/invite/:token', lazy: screen(() => import('@/account/Invite'), 'account') },
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
