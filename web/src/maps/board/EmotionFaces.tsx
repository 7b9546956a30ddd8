/** A point of a curve as five faces to choose from; the chosen one again takes it back. */
import { UnstyledButton } from '@mantine/core'
import { emotionKey } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useMap, useSession } from '../session'
import { Face } from './Face'
import classes from './EmotionFaces.module.css'

export function EmotionFaces({ persona, stage, step, label }: { persona: string | null; stage: string; step?: string | undefined; label: string }) {
  const t = useT('maps')
  const point = useMap((snapshot) => snapshot.emotions.get(emotionKey(persona, stage, step)))
  const { run, readOnly } = useSession()
  return (
    <div className={classes.faces} role="radiogroup" aria-label={label}>
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
            onClick={() => run({ do: 'set_emotion', persona, stage, ...(step ? { step } : {}), value: chosen ? null : value })}
          >
            <Face value={value} size={chosen ? 32 : 24} />
          </UnstyledButton>
        )
      })}
    </div>
  )
}
