/** Impact, effort and confidence of an opportunity, and the score they come to. */
import { InputWrapper, SegmentedControl, Stack, Text } from '@mantine/core'
import { useId } from 'react'
import type { Card } from '@/editor/model'
import { opportunityScore, SCORES } from '@/editor/opportunity'
import { useFormats, useT } from '@/i18n/locale'
import type { Save } from './CardLook'

export function ScoreFields({ card, onSave, readOnly }: { card: Card; onSave: Save; readOnly: boolean }) {
  const t = useT('maps/cards')
  const score = opportunityScore(card)
  return (
    <Stack gap="xs">
      {(['impact', 'effort', 'confidence'] as const).map((name) => (
        <ScoreField key={name} name={name} value={card[name]} onSave={(value) => onSave({ [name]: value })} readOnly={readOnly} />
      ))}
      <Text size="sm" role="status">
        {score === null ? t('score_missing') : t('score_is', { score })}
      </Text>
      <Text size="xs" className="hs-faint">
        {t('score_help')}
      </Text>
    </Stack>
  )
}

function ScoreField({ name, value, onSave, readOnly }: {
  name: 'impact' | 'effort' | 'confidence'
  value: number | undefined
  onSave: (value: number | null) => void
  readOnly: boolean
}) {
  const t = useT('maps/cards')
  const shown = useFormats()
  const label = useId()
  return (
    <InputWrapper label={t(`score.${name}`)} description={t(`score.${name}_help`)} labelElement="div" labelProps={{ id: label }} size="sm">
      <SegmentedControl
        fullWidth
        size="xs"
        mt={4}
        aria-labelledby={label}
        value={value === undefined ? '' : String(value)}
        onChange={(next) => onSave(next === '' ? null : Number(next))}
        readOnly={readOnly}
        data={[{ value: '', label: '–' }, ...SCORES.map((score) => ({ value: String(score), label: shown.num(score) }))]}
      />
    </InputWrapper>
  )
}
