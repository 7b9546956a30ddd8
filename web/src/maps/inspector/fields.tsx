/** Fields of the inspector: they write when left, not at every key, so that each is one step of undo. */
import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { latinDigits } from '@/i18n/format'
import { useFormats, useT } from '@/i18n/locale'

interface WrittenProps {
  label: string
  value: string
  onSave: (text: string) => void
  readOnly: boolean
  placeholder?: string
  lines?: boolean
  maxLength?: number
}

export function WrittenField({ label, value, onSave, readOnly, placeholder, lines = false, maxLength = 5000 }: WrittenProps) {
  const [text, setText] = useState(value)
  // What someone else wrote meanwhile is shown, unless it is being written here.
  useEffect(() => setText(value), [value])
  const shared = {
    label, placeholder, readOnly, maxLength, value: text, classNames: { input: 'hs-plain' }, size: 'sm',
    onBlur: () => {
      if (text.trim() !== value) onSave(text.trim())
    },
  } as const
  if (lines) {
    return <Textarea {...shared} autosize minRows={2} maxRows={8} onChange={(event) => setText(event.currentTarget.value)} />
  }
  return (
    <TextInput
      {...shared}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && event.currentTarget.blur()}
    />
  )
}

const DAY = 86_400
const MOST_DAYS = 3650

/** Whole days from what was typed in any digits; null when it is empty, undefined when it is no such number. */
export function daysOf(text: string): number | null | undefined {
  const plain = latinDigits(text).trim()
  if (plain === '') return null
  const days = Number(plain)
  return Number.isInteger(days) && days >= 1 && days <= MOST_DAYS ? days : undefined
}

/** A duration in whole days, shown in the reader's digits. `onSave` hears seconds, null when the field was emptied. */
export function DaysField(props: {
  label: string
  description: string
  seconds: number | null
  onSave: (seconds: number | null) => void
  readOnly?: boolean
  focus?: boolean
}) {
  const t = useT('maps')
  const shown = useFormats()
  const written = props.seconds === null ? '' : shown.digits(String(Math.max(1, Math.round(props.seconds / DAY))))
  const [text, setText] = useState(written)
  useEffect(() => setText(written), [written])
  const days = daysOf(text)
  function save() {
    if (days !== undefined && text !== written) props.onSave(days === null ? null : days * DAY)
  }
  return (
    <TextInput
      label={props.label}
      description={props.description}
      value={text}
      readOnly={props.readOnly}
      inputMode="numeric"
      error={days === undefined ? t('days_wrong', { most: MOST_DAYS }) : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
      {...(props.focus ? { 'data-autofocus': true } : {})}
      size="sm"
    />
  )
}
