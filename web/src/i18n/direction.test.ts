import { expect, it } from 'vitest'
import { directionOf } from './direction'

it('follows the sentence, not its first letter', () => {
  expect(directionOf('checkout خطای timeout می‌دهد وقتی VPN روشن است', 'rtl')).toBe('rtl')
  expect(directionOf('صفحهٔ checkout shows a timeout وقتی VPN is on', 'ltr')).toBe('ltr')
  expect(directionOf('Instagram Shop', 'rtl')).toBe('ltr')
  expect(directionOf('کند بودن پرداخت', 'ltr')).toBe('rtl')
  expect(directionOf('۱۲۳ – 45', 'rtl')).toBe('rtl')
})
