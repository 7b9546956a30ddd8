/** A persona's card as a file: the server draws it, in the workspace's style; the drawn portrait is the web app's own. */
import { download } from '@/api/download'
import { useLocale } from '@/i18n/locale'
import { useWorkspace } from '@/shell/session'
import { portraitSvg } from '../portrait/draw'
import type { Persona } from '../types'

export const CARD_FORMATS = ['pdf', 'png', 'svg'] as const
export type CardFormat = (typeof CARD_FORMATS)[number]

/** Pixels of a portrait's side. */
const SIDE = 384

export function useCardFile(): (persona: Persona, format: CardFormat) => Promise<void> {
  const { id: w } = useWorkspace()
  const { language } = useLocale()
  return async (persona, format) => {
    const portrait = !persona.photo && persona.portrait ? await asPng(portraitSvg(persona.portrait)) : ''
    await download(`/api/workspaces/${w}/personas/${persona.id}/card`, new AbortController().signal, { format, language, portrait })
  }
}

async function asPng(svg: string): Promise<string> {
  const image = new Image()
  // Not every browser draws a picture that does not say how large it is.
  image.src = `data:image/svg+xml,${encodeURIComponent(svg.replace('<svg ', `<svg width="${SIDE}" height="${SIDE}" `))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  canvas.getContext('2d')!.drawImage(image, 0, 0, SIDE, SIDE)
  return canvas.toDataURL('image/png')
}
