/** What a card rests on: an assumption, or something observed, with where, when and how many. */
import { Select, Stack, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Card } from '@/editor/model'
import { latinDigits } from '@/i18n/format'
import { useFormats, useT } from '@/i18n/locale'
import { DayField } from '@/ui/DayField'
import { WrittenField } from './fields'
import type { Save } from './CardLook'

const MOST = 1e12

export function EvidenceFields({ card, onSave, readOnly }: { card: Card; onSave: Save; readOnly: boolean }) {
  const t = useT('maps/cards')
  const evidence = card.evidence
  const set = (fields: Record<string, unknown>) => {
    const next = Object.fromEntries(Object.entries({ ...evidence, ...fields }).filter(([, value]) => value !== null && value !== ''))
    onSave({ evidence: next })
  }
  return (
    <Stack gap="xs">
      <Select
        label={t('maps:evidence.label')}
        data={(['assumption', 'observed', 'stale'] as const).map((kind) => ({ value: kind, label: t(`maps:evidence.${kind}`) }))}
        value={evidence?.kind ?? null}
        placeholder={t('maps:evidence.none')}
        clearable
        readOnly={readOnly}
        onChange={(kind) => (kind ? set({ kind }) : onSave({ evidence: null }))}
        size="sm"
      />
      {evidence && evidence.kind !== 'assumption' && (
        <>
          <WrittenField
            label={t('evidence.query')}
            placeholder={t('evidence.query_placeholder')}
            value={evidence.query ?? ''}
            onSave={(query) => set({ query })}
            readOnly={readOnly}
          />
          <DayField
            label={t('evidence.observed_at')}
            day={evidence.observed_at?.slice(0, 10) ?? null}
            onSave={(day) => set({ observed_at: day && `${day}T00:00:00Z` })}
            readOnly={readOnly}
          />
          <CountField label={t('evidence.n')} value={evidence.n} onSave={(n) => set({ n })} readOnly={readOnly} />
        </>
      )}
      {evidence && (
        <WrittenField label={t('evidence.note')} value={evidence.note ?? ''} onSave={(note) => set({ note })} readOnly={readOnly} lines />
      )}
    </Stack>
  )
}

/** A whole number in any digits. */
function CountField({ label, value, onSave, readOnly }: {
  label: string
  value: number | undefined
  onSave: (value: number | null) => void
  readOnly: boolean
}) {
  const t = useT('maps/cards')
  const shown = useFormats()
  const written = value === undefined ? '' : shown.digits(String(value))
  const [text, setText] = useState(written)
  useEffect(() => setText(written), [written])
  const plain = latinDigits(text).trim()
  const wrong = plain !== '' && !(/^\d+$/.test(plain) && Number(plain) <= MOST)
  return (
    <TextInput
      label={label}
      value={text}
      inputMode="numeric"
      error={wrong ? t('evidence.n_wrong') : undefined}
      readOnly={readOnly}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => !wrong && text !== written && onSave(plain === '' ? null : Number(plain))}
      size="sm"
    />
  )
}
