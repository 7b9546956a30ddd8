/**
 * The panels that open beside a map, in the order of their buttons in its head. Each is fetched with its texts when it is
 * first opened; `maps:panel.<key>` is its name.
 */
import { IconActivity, IconBulb, IconCompass, IconHistory, IconListCheck, IconMessages, IconRouteAltLeft, IconShare3, type Icon } from '@tabler/icons-react'
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { screenTexts } from '@/i18n/texts'
import './texts'
import { useCommentsTotal } from './comments/context'
import { useReview } from './review/useReview'

export interface PanelProps {
  onClose: () => void
}

export interface Panel {
  key: string
  icon: Icon
  Component: LazyExoticComponent<ComponentType<PanelProps>>
  /** What the panel has to say now, as a number on its button; a hook. */
  useCount?: () => number
}

/** A part of the screen that is fetched when first shown; its texts are the map's own, or (`texts`) those of its folder. */
export function panel<P>(load: () => Promise<ComponentType<P>>, texts?: string): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    const [Component] = await Promise.all([load(), texts ? screenTexts(texts) : null])
    return { default: Component }
  })
}

export const PANELS: readonly Panel[] = [
  { key: 'guide', icon: IconCompass, Component: panel(() => import('./guide/GuidePanel').then((file) => file.GuidePanel), 'maps/guide') },
  {
    key: 'review',
    icon: IconListCheck,
    Component: panel(() => import('./review/ReviewPanel').then((file) => file.ReviewPanel)),
    useCount: () => useReview().length,
  },
  {
    key: 'comments',
    icon: IconMessages,
    Component: panel(() => import('./comments/CommentsPanel').then((file) => file.CommentsPanel), 'maps/comments'),
    useCount: () => useCommentsTotal().unread,
  },
  {
    key: 'opportunities',
    icon: IconBulb,
    Component: panel(() => import('./opportunities/OpportunitiesPanel').then((file) => file.OpportunitiesPanel), 'maps/opportunities'),
  },
  {
    key: 'routes',
    icon: IconRouteAltLeft,
    Component: panel(() => import('./routes/RoutesPanel').then((file) => file.RoutesPanel), 'maps/routes'),
  },
  {
    key: 'versions',
    icon: IconHistory,
    Component: panel(() => import('./versions/VersionsPanel').then((file) => file.VersionsPanel), 'maps/versions'),
  },
  {
    key: 'activity',
    icon: IconActivity,
    Component: panel(() => import('./activity/ActivityPanel').then((file) => file.ActivityPanel), 'maps/activity'),
  },
  {
    key: 'share',
    icon: IconShare3,
    Component: panel(() => import('./share/SharePanel').then((file) => file.SharePanel), 'maps/share'),
  },
]

export const panelOf = (key: string): Panel | undefined => PANELS.find((one) => one.key === key)
