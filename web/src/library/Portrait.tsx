/** A persona's face: the photo, else the initials. */
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

export function Portrait({ name, photo, large = false }: {
  name: string
  photo?: string | null | undefined
  large?: boolean
}) {
  return (
    <span className={classes.portrait} data-large={large || undefined} aria-hidden="true">
      {photo?.startsWith('data:image/') ? <img src={photo} alt="" /> : initials(name)}
    </span>
  )
}
