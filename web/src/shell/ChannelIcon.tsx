/** A channel's picture: by its kind, or by what its name says in either language. Decorative; the name is beside it. */
import {
  IconBrandInstagram,
  IconBuildingStore,
  IconDeviceMobile,
  IconMail,
  IconMessage,
  IconPhone,
  IconPoint,
  IconSearch,
  IconSend,
  IconSpeakerphone,
  IconTruckDelivery,
  IconWorld,
  type Icon,
} from '@tabler/icons-react'

const KINDS: [RegExp, Icon][] = [
  [/insta|اینستا/i, IconBrandInstagram],
  [/sms|پیامک/i, IconMessage],
  [/mail|ایمیل|رایانامه/i, IconMail],
  [/messenger|telegram|whatsapp|chat|پیام‌رسان|تلگرام|واتساپ|چت/i, IconSend],
  [/phone|call|تلفن|تماس/i, IconPhone],
  [/\bapp\b|mobile|اپ|موبایل/i, IconDeviceMobile],
  [/search|google|جست/i, IconSearch],
  [/store|shop|branch|فروشگاه|شعبه|حضوری/i, IconBuildingStore],
  [/courier|delivery|post|پیک|ارسال|پست/i, IconTruckDelivery],
  [/ads?\b|campaign|social|تبلیغ|شبکه/i, IconSpeakerphone],
  [/web|site|وب|سایت/i, IconWorld],
]

export function ChannelIcon({ channel, size = 16 }: { channel: string | null | undefined; size?: number }) {
  const Found = (channel && KINDS.find(([named]) => named.test(channel))?.[1]) || IconPoint
  return <Found size={size} stroke={1.7} aria-hidden="true" />
}
