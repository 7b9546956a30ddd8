/** Kinds of content and their icons. */
import { IconArticle, IconBook2, IconCalendarEvent, IconFileText, IconGift, IconMovie, IconTool, type Icon } from '@tabler/icons-react'
import type { ContentKind } from './types'

export const CONTENT_ICONS: Record<ContentKind, Icon> = {
  article: IconArticle,
  video: IconMovie,
  guide: IconBook2,
  offer: IconGift,
  tool: IconTool,
  event: IconCalendarEvent,
  other: IconFileText,
}
