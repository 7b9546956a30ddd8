/** What a good visit is: which events mean that it failed, and how long it may take. */
import { Select, Stack, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { latinDigits } from '@/i18n/format'
import { useFormats, useT } from '@/i18n/locale'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useTouchpoints } from './api'
import { MatcherEditor } from './MatcherEditor'
import { MOST_SECONDS, secondsOf, UNITS, unitOf, type Unit } from './targetTime'
import type { Touchpoint, TouchpointFields } from './types'
import classes from './library.module.css'

const BEFORE = ''

export function StandardEditor(props: {
  touchpoint: Touchpoint
  map?: string | undefined
  readOnly: boolean
  saving: boolean
  onSave: (fields: Partial<TouchpointFields>) => void
}) {
  const t = useT('library')
  const { touchpoint, readOnly } = props
  return (
    <>
      <InspectorSection title={t('section.target')}>
        <TargetTime touchpoint={touchpoint} readOnly={readOnly} onSave={props.onSave} />
      </InspectorSection>
      <InspectorSection title={t('section.failure')}>
        <MatcherEditor
          failure
          touchpoint={touchpoint.id}
          map={props.map}
          matcher={touchpoint.failure}
          readOnly={readOnly}
          saving={props.saving}
          onSave={(failure) => props.onSave({ failure })}
        />
      </InspectorSection>
    </>
  )
}

function TargetTime({ touchpoint, readOnly, onSave }: {
  touchpoint: Touchpoint
  readOnly: boolean
  onSave: (fields: Partial<TouchpointFields>) => void
}) {
  const t = useT('library')
  const shown = useFormats()
  const others = useTouchpoints().data ?? []
  const kept = touchpoint.target_seconds
  const [unit, setUnit] = useState<Unit>(unitOf(kept))
  const written = kept === null ? '' : shown.plain(kept / UNITS[unit])
  const [text, setText] = useState(written)
  useEffect(() => setText(written), [written])
  const seconds = secondsOf(latinDigits(text), unit)

  function save(next: number | null | undefined) {
    if (next === undefined || next === kept) return
    onSave(next === null ? { target_seconds: null, target_from: null } : { target_seconds: next })
  }

  return (
    <Stack gap="sm">
      <div className={classes.target}>
        <TextInput
          label={t('target.time')}
          description={t('target.help')}
          placeholder={t('none')}
          value={text}
          inputMode="decimal"
          readOnly={readOnly}
          error={seconds === undefined ? t('target.wrong', { most: shown.duration(MOST_SECONDS) }) : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => save(seconds)}
          onKeyDown={(event) => event.key === 'Enter' && save(seconds)}
          size="sm"
        />
        <Select
          aria-label={t('target.unit')}
          data={Object.keys(UNITS).map((one) => ({ value: one, label: t(`target.${one}`) }))}
          value={unit}
          onChange={(next) => {
            if (!next) return
            setUnit(next as Unit)
            if (text.trim()) save(secondsOf(latinDigits(text), next as Unit))
          }}
          allowDeselect={false}
          readOnly={readOnly}
          size="sm"
        />
      </div>
      <Select
        label={t('target.since')}
        data={[
          { value: BEFORE, label: t('target.before') },
          ...others.map((one) => ({ value: one.id, label: one.id === touchpoint.id ? t('target.itself', { name: one.name }) : one.name })),
        ]}
        value={touchpoint.target_from ?? BEFORE}
        onChange={(next) => onSave({ target_from: next || null })}
        allowDeselect={false}
        searchable
        disabled={kept === null}
        readOnly={readOnly}
        size="sm"
      />
    </Stack>
  )
}
