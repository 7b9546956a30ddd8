/** A text that is saved when it is left, or by Enter on one line. */
import { Textarea, TextInput } from '@mantine/core'
import { useEffect, useState, type KeyboardEvent } from 'react'

export function SavedText(props: {
  label: string
  value: string
  onSave: (text: string) => void
  readOnly: boolean
  lines?: boolean
  /** An empty text is not saved; the old one comes back. */
  required?: boolean
  limit?: number
  placeholder?: string | undefined
  description?: string | undefined
  ltr?: boolean
}) {
  const { label, value, onSave, readOnly, limit, required = false, placeholder, description } = props
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const shared = {
    label, placeholder, description, readOnly,
    value: text,
    ...(limit === undefined ? {} : { maxLength: limit }),
    classNames: { input: props.ltr ? 'hs-ltr' : 'hs-plain' },
    size: 'sm',
    onBlur: () => {
      const next = text.trim()
      if (required && !next) setText(value)
      else if (next !== value) onSave(next)
    },
  } as const
  if (props.lines) {
    return <Textarea {...shared} autosize minRows={2} maxRows={10} onChange={(event) => setText(event.currentTarget.value)} />
  }
  return (
    <TextInput
      {...shared}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}
