import { UnstyledButton } from '@mantine/core'
import { Fragment } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { Duration, Num, Rate } from '@/ui/Values'
import { Definition, Drawing } from '../question'
import classes from './Funnel.module.css'
import type { Asked } from './funnelAddress'
import { useWhoOf } from '../queries'
import type { FunnelAnswer } from '../types'

/** One bar a step; between two steps, those who did not go on. Each number opens its persons. */
export function FunnelBars({ answer, asked }: { answer: FunnelAnswer; asked: Asked }) {
  const t = useT('explore')
  const shown = useFormats()
  const who = useWhoOf('funnel')
  const first = answer.rows[0]?.persons ?? 0
  const selector = (step: number, reached: boolean) => ({
    steps: asked.steps,
    within_seconds: asked.within,
    step,
    reached,
  })
  const last = answer.intervals.at(-1)
  return (
    <Drawing plain label={t('ask.funnel.title')}>
      {answer.rows.length > 1 && last && (
        <p className={classes.summary}>
          {t('funnel_whole')} <Rate rate={last.of_first} />
        </p>
      )}
      <ol className={classes.bars}>
        {answer.rows.map((row, index) => {
          const before = answer.rows[index - 1]
          const lost = before ? before.persons - row.persons : 0
          const intervals = answer.intervals[index]
          return (
            <Fragment key={index}>
              {before && (
                <li className={classes.between}>
                  <UnstyledButton
                    className={classes.lost}
                    disabled={lost === 0}
                    onClick={() =>
                      who(t('dropped_before', { name: row.step }), selector(index + 1, false), t('dropped_help'))
                    }
                  >
                    {t('dropped', { count: lost, share: shown.percent(before.persons ? lost / before.persons : 0) })}
                  </UnstyledButton>
                </li>
              )}
              <li className={classes.barRow}>
                <div className={classes.barHead}>
                  <span className={classes.place}>{shown.num(index + 1)}</span>
                  <bdi className={classes.barName}>{row.step}</bdi>
                  <UnstyledButton
                    className={classes.reached}
                    onClick={() => who(t('reached', { name: row.step }), selector(index + 1, true))}
                  >
                    <strong>
                      <Num value={row.persons} />
                    </strong>{' '}
                    {t('persons_word')}
                  </UnstyledButton>
                </div>
                <div className={classes.track}>
                  <span className={classes.bar} style={{ inlineSize: `${first ? (row.persons / first) * 100 : 0}%` }} />
                </div>
                {index > 0 && intervals && (
                  <div className={classes.barFacts}>
                    <span>
                      <Definition term="of_previous">{t('of_previous')}</Definition> <Rate rate={intervals.of_previous} />
                    </span>
                    <span>
                      <Definition term="of_first">{t('of_first')}</Definition> <Rate rate={intervals.of_first} compact />
                    </span>
                    <span>
                      <Definition term="median_from_first">{t('median_from_first')}</Definition> <Duration seconds={row.median_seconds_from_first} />
                    </span>
                  </div>
                )}
              </li>
            </Fragment>
          )
        })}
      </ol>
    </Drawing>
  )
}
