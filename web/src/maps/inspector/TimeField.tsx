/** A time of the day, typed and shown in the reader's digits. */
import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { timeFrom } from '@/editor/day'
import { useFormats, useT } from '@/i18n/locale'

export function TimeField({ label, time, onSave, readOnly }: {
  label: string
  time: string | undefined
  onSave: (time: string | null) => void
  readOnly: boolean
}) {
  const t = useT('maps/board')
  const shown = useFormats()
  const written = time === undefined ? '' : shown.digits(time)
  const [text, setText] = useState(written)
  useEffect(() => setText(written), [written])
  const found = timeFrom(text)
  return (
    <TextInput
      label={label}
      placeholder={shown.digits('07:30')}
      value={text}
      readOnly={readOnly}
      error={found === undefined ? t('day.wrong') : undefined}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => found !== undefined && found !== (time ?? null) && onSave(found)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      classNames={{ input: 'hs-tabular' }}
      dir="ltr"
      size="sm"
      maw={160}
    />
  )
}
