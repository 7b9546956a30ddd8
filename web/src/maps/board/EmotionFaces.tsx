/** A stage's emotion as five faces to choose from; the chosen one again takes it back. */
import { UnstyledButton } from '@mantine/core'
import { emotionKey, type Stage } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useMap, useSession } from '../session'
import { useCurves } from './EmotionLane'
import { Face } from './Face'
import classes from './EmotionFaces.module.css'

export function EmotionFaces({ stage, label }: { stage: Stage; label?: string }) {
  const t = useT('maps')
  const persona = useCurves()[0] ?? null
  const point = useMap((snapshot) => snapshot.emotions.get(emotionKey(persona, stage.id)))
  const { run, readOnly } = useSession()
  return (
    <div className={classes.faces} role="radiogroup" aria-label={label ?? t('emotion_of', { stage: stage.name })}>
      {[-2, -1, 0, 1, 2].map((value) => {
        const chosen = point !== undefined && Math.round(point.value) === value
        return (
          <UnstyledButton
            key={value}
            role="radio"
            aria-checked={chosen}
            aria-label={t(`emotion.${value}`)}
            disabled={readOnly}
            className={classes.face}
            onClick={() => run({ do: 'set_emotion', persona, stage: stage.id, value: chosen ? null : value })}
          >
            <Face value={value} size={chosen ? 32 : 24} />
          </UnstyledButton>
        )
      })}
    </div>
  )
}
