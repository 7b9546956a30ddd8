/** A point of a curve: how it feels there, how strongly, and why. */
import { SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core'
import { useId } from 'react'
import { emotionKey } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { Face } from '../board/Face'
import { useMapPersonas } from '../library'
import { useMap, useSession } from '../session'
import { WrittenField } from './fields'
import classes from './inspector.module.css'

/** Of full: not said, weak, clear, strong. */
const INTENSITIES = ['0', '0.35', '0.7', '1'] as const

export function EmotionInspector({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT('maps/board')
  const { run, readOnly } = useSession()
  const label = useId()
  const [persona = '', stage = '', step = ''] = id.split(':')
  const point = useMap((snapshot) => snapshot.emotions.get(id))
  const name = useMapPersonas().find((one) => one.id === persona)?.name
  const stageName = useMap((snapshot) => snapshot.stages.find((one) => one.id === stage)?.name)
  const stepName = useMap((snapshot) => snapshot.steps.find((one) => one.id === step)?.name)
  if (!stageName || emotionKey(persona || null, stage, step || undefined) !== id) return null
  const set = (fields: { value?: number | null; note?: string | null; intensity?: number | null }) =>
    run({ do: 'set_emotion', persona: persona || null, stage, ...(step ? { step } : {}), value: point?.value ?? 0, ...fields })
  const now = point?.intensity ?? 0
  const intensity = INTENSITIES.reduce((near, one) => (Math.abs(Number(one) - now) < Math.abs(Number(near) - now) ? one : near))
  return (
    <InspectorPanel
      title={stepName ? t('in_step', { stage: stageName, step: stepName }) : stageName}
      kind={`${t('maps:lane.emotion')} · ${name ?? t('maps:everyone')}`}
      onClose={onClose}
    >
      <InspectorSection title={t('feeling')}>
        <div className={classes.faces} role="radiogroup" aria-label={t('feeling')}>
          {[-2, -1, 0, 1, 2].map((value) => {
            const chosen = point !== undefined && Math.round(point.value) === value
            return (
              <UnstyledButton
                key={value}
                role="radio"
                aria-checked={chosen}
                aria-label={t(`maps:emotion.${value}`)}
                disabled={readOnly}
                className={classes.face}
                onClick={() => set({ value: chosen ? null : value })}
              >
                <Face value={value} size={chosen ? 32 : 26} />
              </UnstyledButton>
            )
          })}
        </div>
        <Text size="sm" mt={4}>
          {point ? t(`maps:emotion.${Math.round(point.value)}`) : t('maps:emotion.none')}
        </Text>
      </InspectorSection>
      {point && (
        <InspectorSection title={<span id={label}>{t('intensity.label')}</span>}>
          <Stack gap="sm">
            <SegmentedControl
              fullWidth
              size="xs"
              aria-labelledby={label}
              value={intensity}
              readOnly={readOnly}
              onChange={(next) => set({ intensity: Number(next) || null })}
              data={INTENSITIES.map((value, index) => ({ value, label: t(`intensity.${index}`) }))}
            />
            <WrittenField
              label={t('emotion_note')}
              placeholder={t('emotion_note_ask')}
              value={point.note ?? ''}
              onSave={(note) => set({ note: note || null })}
              readOnly={readOnly}
              lines
            />
          </Stack>
        </InspectorSection>
      )}
    </InspectorPanel>
  )
}
