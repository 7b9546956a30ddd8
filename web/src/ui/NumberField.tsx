/** A whole number in the reader's digits; both kinds of digits can be typed, arrows go up and down. */
import { TextInput } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { latinDigits } from '@/i18n/format'
import { useFormats } from '@/i18n/locale'

export function NumberField(props: {
  label: string
  description?: string
  /** Shown while there is no number; without it there always is one. */
  none?: string
  value: number | null
  least: number
  most: number
  size?: 'xs' | 'sm'
  className?: string | undefined
  onChange: (value: number | null) => void
}) {
  const shown = useFormats()
  const { value, least, most } = props
  /** What is being typed; null: nothing, the value is shown. */
  const [draft, setDraft] = useState<string | null>(null)
  const read = draft === null ? value : readWhole(draft)
  const wrong = read === undefined || (read === null ? props.none === undefined : read < least || read > most)

  function type(text: string) {
    setDraft(text)
    const number = readWhole(text)
    if (number === null && props.none !== undefined) props.onChange(null)
    else if (number !== undefined && number !== null && number >= least && number <= most) props.onChange(number)
  }

  function step(event: KeyboardEvent) {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    setDraft(null)
    props.onChange(Math.min(most, Math.max(least, value === null ? least : value + by)))
  }

  return (
    <TextInput
      size={props.size ?? 'sm'}
      className={props.className}
      label={props.label}
      description={props.description}
      placeholder={props.none}
      inputMode="numeric"
      role="spinbutton"
      aria-valuemin={least}
      aria-valuemax={most}
      {...(value === null ? {} : { 'aria-valuenow': value, 'aria-valuetext': shown.num(value) })}
      error={draft !== null && wrong}
      value={draft ?? (value === null ? '' : shown.plain(value))}
      onChange={(event) => type(shown.digits(latinDigits(event.currentTarget.value)))}
      onKeyDown={step}
      onBlur={() => setDraft(null)}
    />
  )
}

/** "۱۲" or "12" -> 12; nothing is null, anything else undefined. */
function readWhole(text: string): number | null | undefined {
  const plain = latinDigits(text).trim()
  if (plain === '') return null
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined
}
