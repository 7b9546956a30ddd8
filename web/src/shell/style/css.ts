/** A workspace's style as CSS. Its colours come from the server, already readable on every ground. */
import type { MapStyle } from '@/api/types'
import { cssName, tokens } from '@/ui/tokens'

const SCHEMES = ['light', 'dark'] as const
export type Scheme = (typeof SCHEMES)[number]

/** Stages are many, colours a few: heads take them in turn. */
export const stageColor = (style: MapStyle | null, index: number): string | undefined => {
  const count = style?.stages.light?.length ?? 0
  return count === 0 ? undefined : `var(--map-stage-${(index % count) + 1})`
}

/** What a scheme sets; `whole`: all of its colours, for a place that shows another scheme than the page. */
export function declarations(style: MapStyle | null, scheme: Scheme, whole = false): Record<string, string> {
  const own = style?.tokens[scheme] ?? {}
  const shown = whole ? { ...tokens(scheme), ...own } : own
  const stages = style?.stages[scheme] ?? []
  return {
    ...Object.fromEntries(Object.entries(shown).map(([name, color]) => [cssName(name), color])),
    ...Object.fromEntries(stages.map((color, index) => [`--map-stage-${index + 1}`, color])),
    ...(style && style.scale !== 1 ? { '--map-text': String(style.scale) } : {}),
    ...components(style, scheme),
  }
}

/** Mantine's own names for the accent. A filled button has white letters in both schemes, so it has the light one. */
function components(style: MapStyle | null, scheme: Scheme): Record<string, string> {
  const own = style?.tokens[scheme]
  const filled = style?.tokens.light?.accent
  if (!own?.accent || !own.accentSoft || !filled) return {}
  return {
    '--mantine-color-anchor': own.accent,
    '--mantine-color-sea-text': own.accent,
    '--mantine-color-sea-light': own.accentSoft,
    '--mantine-color-sea-light-hover': own.accentSoft,
    '--mantine-color-sea-light-color': own.accent,
    '--mantine-color-sea-outline': own.accent,
    '--mantine-color-sea-filled': filled,
    '--mantine-color-sea-filled-hover': `color-mix(in srgb, ${filled} 88%, #000)`,
    '--mantine-primary-color-filled': filled,
    '--mantine-primary-color-filled-hover': `color-mix(in srgb, ${filled} 88%, #000)`,
  }
}

/** For the whole page, whichever scheme it is in. */
export function pageCss(style: MapStyle): string {
  return SCHEMES.map((scheme) => {
    const lines = Object.entries(declarations(style, scheme)).map(([name, value]) => `${name}:${value}`)
    return lines.length === 0 ? '' : `:root[data-mantine-color-scheme='${scheme}']{${lines.join(';')}}`
  }).join('')
}
