/** Kinds of channel and their icons: a channel is known by its icon before its colour. */
import {
  IconBrandInstagram, IconBuildingStore, IconDeviceMobile, IconDots, IconMail, IconMessage2, IconMessages, IconPhone,
  IconSearch, IconSpeakerphone, IconTruck, IconWorld, type Icon,
} from '@tabler/icons-react'
import type { ChannelKind } from '@/editor/model'

export const CHANNEL_ICONS: Record<ChannelKind, Icon> = {
  web: IconWorld,
  app: IconDeviceMobile,
  phone: IconPhone,
  sms: IconMessage2,
  email: IconMail,
  social: IconBrandInstagram,
  messenger: IconMessages,
  search: IconSearch,
  store: IconBuildingStore,
  courier: IconTruck,
  ads: IconSpeakerphone,
  other: IconDots,
}

export const CHANNEL_KINDS = Object.keys(CHANNEL_ICONS) as ChannelKind[]
