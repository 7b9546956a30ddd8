/** A persona's card as a file: made in the browser, with the fonts in it. */
import arabic from '@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2?url'
import latin from '@fontsource-variable/vazirmatn/files/vazirmatn-latin-wght-normal.woff2?url'
import { useLocale, useT } from '@/i18n/locale'
import type { Persona } from '../types'
import { personaCard } from './card'

const FAMILY = 'Vazirmatn Variable'
/** Pixels of the picture for one of the card. */
const DENSITY = 2

export function useCardFile(): (persona: Persona, format: 'png' | 'svg') => Promise<void> {
  const t = useT('library')
  const { dir } = useLocale()
  return async (persona, format) => {
    const fonts = (await Promise.all([fontFace(arabic, 'U+0600-06FF, U+200C-200F, U+FB50-FDFF, U+FE70-FEFF'), fontFace(latin, 'U+0000-00FF, U+2000-200B, U+2010-206F')])).join('')
    const pen = document.createElement('canvas').getContext('2d')!
    const { svg, width, height } = personaCard(persona, {
      dir,
      fonts,
      label: (field) => t(`persona_field.${field}`),
      joiner: t('ui:list_joiner'),
      measure: (text, size, bold) => {
        pen.font = `${bold ? 700 : 400} ${size}px "${FAMILY}"`
        return pen.measureText(text).width
      },
    })
    const drawing = new Blob([svg], { type: 'image/svg+xml' })
    give(format === 'svg' ? drawing : await picture(svg, width, height), `${persona.name}.${format}`)
  }
}

async function fontFace(address: string, range: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(new Request(new URL(address, location.origin)))).arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return `@font-face{font-family:"${FAMILY}";font-weight:100 900;src:url(data:font/woff2;base64,${btoa(binary)}) format("woff2");unicode-range:${range}}`
}

async function picture(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * DENSITY
  canvas.height = height * DENSITY
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('the browser could not draw the card')
  return blob
}

function give(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name.replace(/[\\/:*?"<>|]/g, ' ')
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
