import { UnstyledButton } from '@mantine/core'
import { Fragment } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { Duration, Num, Rate } from '@/ui/Values'
import { Definition, Drawing } from '../question'
import { useNodeName } from '../nodeName'
import { useWhoOf } from '../queries'
import type { FunnelAnswer, FunnelNext } from '../types'
import classes from './Funnel.module.css'
import { howAsked, type Asked } from './funnelAddress'
import { useStepName } from './stepName'

/** One bar a step; between two steps, those who did not go on and what they did. Each number opens its persons. */
export function FunnelBars({ answer, asked }: { answer: FunnelAnswer; asked: Asked }) {
  const t = useT('explore')
  const own = useT('explore/funnel')
  const shown = useFormats()
  const stepName = useStepName()
  const nodeName = useNodeName()
  const who = useWhoOf('funnel')
  const first = answer.rows[0]?.paths ?? 0
  const selector = (step: number, more: Record<string, unknown> = {}) => ({ ...howAsked(asked), step, ...more })
  const last = answer.intervals.at(-1)
  const whole = answer.rows.at(-1)?.seconds_from_first
  const word = own(`unit.${answer.unit}`)
  return (
    <Drawing plain label={t('ask.funnel.title')}>
      {answer.rows.length > 1 && last && (
        <p className={classes.summary}>
          {t('funnel_whole')} <Rate rate={last.of_first} />
          {whole && whole.median !== null && (
            <span className={classes.whole}>
              <Definition term="to_convert">{own('to_convert')}</Definition> <Duration seconds={whole.median} />{' '}
              <span className="hs-faint">
                {own('spread', { low: shown.duration(whole.p10 ?? 0), high: shown.duration(whole.p90 ?? 0) })}
              </span>
            </span>
          )}
        </p>
      )}
      <ol className={classes.bars}>
        {answer.rows.map((row, index) => {
          const before = answer.rows[index - 1]
          const lost = before?.paths != null && row.paths !== null ? before.paths - row.paths : null
          const intervals = answer.intervals[index]
          const name = stepName(row.step)
          const nexts = answer.next.filter((one) => one.after === index)
          return (
            <Fragment key={index}>
              {before && (
                <li className={classes.between}>
                  <UnstyledButton
                    className={classes.lost}
                    disabled={!lost}
                    onClick={() =>
                      who(t('dropped_before', { name }), selector(index + 1, { reached: false }), t('dropped_help'))
                    }
                  >
                    {lost === null
                      ? own('withheld')
                      : (answer.unit === 'person' ? t : own)('dropped', {
                          count: lost,
                          share: shown.percent(before.paths ? lost / before.paths : 0),
                        })}
                  </UnstyledButton>
                  {nexts.length > 0 && (
                    <ul className={classes.nexts} aria-label={own('then')}>
                      <li className="hs-faint">
                        <Definition term="next">{own('then')}</Definition>
                      </li>
                      {nexts.map((one) => (
                        <li key={`${one.kind}/${one.next}`}>
                          <UnstyledButton
                            className={classes.next}
                            onClick={() =>
                              who(
                                own('then_who', { name: stepName(before.step), next: label(one) }),
                                selector(index + 1, { reached: false, ...behind(one, nexts) }),
                              )
                            }
                          >
                            <bdi>{label(one)}</bdi>{' '}
                            <span>{shown.percent(one.share)}</span>
                          </UnstyledButton>
                        </li>
                      ))}
                    </ul>
                  )}
                </li>
              )}
              <li className={classes.barRow}>
                <div className={classes.barHead}>
                  <span className={classes.place}>{shown.num(index + 1)}</span>
                  <bdi className={classes.barName}>{name}</bdi>
                  {row.paths === null ? (
                    <span className="hs-faint">{own('withheld')}</span>
                  ) : (
                    <UnstyledButton
                      className={classes.reached}
                      onClick={() => who(t('reached', { name }), selector(index + 1))}
                    >
                      <strong>
                        <Num value={row.paths} />
                      </strong>{' '}
                      {word}
                      {answer.unit !== 'person' && (
                        <span className="hs-faint"> · {own('of_persons', { count: row.persons ?? 0 })}</span>
                      )}
                    </UnstyledButton>
                  )}
                </div>
                <div className={classes.track}>
                  <span
                    className={classes.bar}
                    style={{ inlineSize: `${first && row.paths ? (row.paths / first) * 100 : 0}%` }}
                  />
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
                      <Definition term="median_from_first">{t('median_from_first')}</Definition>{' '}
                      <Duration seconds={row.median_seconds_from_first} />
                    </span>
                    {index > 1 && (
                      <span>
                        <Definition term="median_from_previous">{own('median_from_previous')}</Definition>{' '}
                        <Duration seconds={row.seconds_from_previous.median} />
                      </span>
                    )}
                  </div>
                )}
              </li>
            </Fragment>
          )
        })}
      </ol>
    </Drawing>
  )

  function label(one: FunnelNext): string {
    return one.kind === 'event' ? one.next : one.kind === 'end' ? nodeName(one.next) : own('other')
  }
}

/** Which of those who stopped: by what came next, or by what did not. */
function behind(one: FunnelNext, all: FunnelNext[]): Record<string, unknown> {
  if (one.kind !== 'other') return { then: one.next }
  return { not_then: all.filter((other) => other.kind !== 'other').map((other) => other.next) }
}
