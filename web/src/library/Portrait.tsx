/** A persona's face: the photo, else the portrait drawn of their features, else the initials. */
import { portraitUrl } from './portrait/draw'
import type { PortraitFeatures } from './types'
import classes from './library.module.css'

/**
 * First and last initial; what stands after a comma describes ("Maryam, the loyal reader") and has none. Persian letters
 * joined would read as a syllable: a half-space keeps them apart.
 */
export function initials(name: string): string {
  const words = name.split(/[,،:]/)[0]!.trim().split(/[\s\u200c]+/).filter(Boolean)
  const chosen = words.length > 1 ? [words[0]!, words.at(-1)!] : words
  const letters = chosen.map((word) => [...word][0]!.toUpperCase())
  return letters.join(letters.some((letter) => /[\u0600-\u06ff]/.test(letter)) ? '\u200c' : '')
}

export function Portrait({ name, photo, portrait, large = false }: {
  name: string
  photo?: string | null | undefined
  portrait?: PortraitFeatures | null | undefined
  large?: boolean
}) {
  const picture = photo?.startsWith('data:image/') ? photo : portrait ? portraitUrl(portrait) : null
  return (
    <span className={classes.portrait} data-large={large || undefined} aria-hidden="true">
      {picture ? <img src={picture} alt="" /> : initials(name)}
    </span>
  )
}
