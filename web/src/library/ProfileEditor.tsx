/** What may be said of a touchpoint: its sentence, who answers for it, how much it matters to whom, and how it is met. */
import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useChannels } from './api'
import { OwnerField } from './OwnerField'
import { SavedText } from './SavedText'
import type { Touchpoint, TouchpointFields } from './types'
import classes from './library.module.css'

const SCORES = ['importance_to_customer', 'importance_to_company', 'performance'] as const
const NONE = ''

export function ProfileEditor({ touchpoint, readOnly, onSave }: {
  touchpoint: Touchpoint
  readOnly: boolean
  onSave: (fields: Partial<TouchpointFields>) => void
}) {
  const t = useT('library')
  const shown = useFormats()
  const { profile } = touchpoint
  const text = (field: 'doing' | 'reason' | 'device' | 'surroundings', lines = false) => (
    <SavedText
      label={t(`profile.${field}`)}
      placeholder={readOnly ? undefined : t(`profile.${field}_example`)}
      value={profile[field] ?? ''}
      limit={lines ? 5_000 : 200}
      onSave={(next) => onSave({ [field]: next || null })}
      readOnly={readOnly}
      lines={lines}
    />
  )
  return (
    <>
      <InspectorSection title={t('section.sentence')}>
        <Stack gap="sm">
          <Sentence touchpoint={touchpoint} />
          {text('doing')}
          {text('reason')}
        </Stack>
      </InspectorSection>
      <InspectorSection title={t('section.owner')}>
        <OwnerField
          label={t('owner.label')}
          description={t('owner.help')}
          owner={profile.owner}
          onSave={(owner) => onSave({ owner })}
          readOnly={readOnly}
        />
      </InspectorSection>
      <InspectorSection title={t('section.weight')}>
        <Stack gap="sm">
          {SCORES.map((field) => (
            <Choice
              key={field}
              label={t(`profile.${field}`)}
              help={t(`profile.${field}_help`)}
              value={profile[field] === undefined ? NONE : String(profile[field])}
              options={[1, 2, 3, 4, 5].map((score) => ({ value: String(score), label: shown.num(score) }))}
              onChange={(next) => onSave({ [field]: next === NONE ? null : Number(next) })}
              readOnly={readOnly}
            />
          ))}
        </Stack>
      </InspectorSection>
      <InspectorSection title={t('section.setting')}>
        <Stack gap="sm">
          <Choice
            label={t('profile.medium')}
            value={profile.medium ?? NONE}
            options={(['physical', 'digital'] as const).map((value) => ({ value, label: t(`medium.${value}`) }))}
            onChange={(next) => onSave({ medium: next === NONE ? null : (next as 'physical' | 'digital') })}
            readOnly={readOnly}
          />
          <Choice
            label={t('profile.initiator')}
            value={profile.initiator ?? NONE}
            options={(['customer', 'company'] as const).map((value) => ({ value, label: t(`initiator.${value}`) }))}
            onChange={(next) => onSave({ initiator: next === NONE ? null : (next as 'customer' | 'company') })}
            readOnly={readOnly}
          />
          {text('device')}
          {text('surroundings', true)}
        </Stack>
      </InspectorSection>
    </>
  )
}

/** The touchpoint in the customer's words; what is not said yet stands as a gap. */
function Sentence({ touchpoint }: { touchpoint: Touchpoint }) {
  const t = useT('library')
  const channel = (useChannels().data ?? []).find((one) => one.id === touchpoint.channel)
  const { doing, reason } = touchpoint.profile
  return (
    <p className={classes.sentence}>
      {t('sentence', { doing: doing ?? '…', channel: channel?.name ?? '…', reason: reason ?? '…' })}
    </p>
  )
}

/** One of a few, or nothing said. */
function Choice(props: {
  label: string
  help?: string
  value: string
  options: { value: string; label: string }[]
  onChange: (next: string) => void
  readOnly: boolean
}) {
  const t = useT('library')
  const id = useId()
  return (
    <div>
      <Text size="sm" fw={500} id={id}>
        {props.label}
      </Text>
      {props.help && (
        <Text size="xs" className="hs-faint" mb={4}>
          {props.help}
        </Text>
      )}
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={id}
        value={props.value}
        onChange={props.onChange}
        readOnly={props.readOnly}
        data={[{ value: NONE, label: t('not_said') }, ...props.options]}
      />
    </div>
  )
}
