import type { MapStyle } from '@/api/types'

/** The product's own style, as the server tells it. */
export const plainStyle: MapStyle = {
  logo: null,
  accent: '',
  palette: ['', '', '', '', '', ''],
  text: 'normal',
  scale: 1,
  tokens: { light: {}, dark: {} },
  stages: { light: [], dark: [] },
  hints: [],
}
