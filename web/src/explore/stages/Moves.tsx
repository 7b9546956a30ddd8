import { Tooltip, UnstyledButton } from '@mantine/core'
import { useFormats, useT } from '@/i18n/locale'
import { useWhoOnMap } from '../onMap'
import type { StagesAnswer } from '../onMapTypes'
import { END, START } from '../types'
import { Drawing } from '../question'
import classes from './Stages.module.css'

/** From which stage to which: a row adds up to all stays in its stage; moves back are outlined. */
export function Moves({ answer, map }: { answer: StagesAnswer; map: string }) {
  const t = useT('explore/stages')
  const shown = useFormats()
  const who = useWhoOnMap('stages', map)
  const order = answer.rows.map((row) => row.stage)
  const names = new Map([...answer.rows.map((row) => [row.stage, row.name] as const), [START, t('begin')], [END, t('end')]])
  const moves = new Map(answer.moves.map((move) => [`${move.from}\n${move.to}`, move]))
  return (
    <Drawing label={t('moves_title')}>
      <div className={`${classes.scroll} hs-scroll`} tabIndex={0} role="group" aria-label={t('moves_title')}>
        <table className={classes.moves}>
          <thead>
            <tr>
              <th scope="col">{t('from_to')}</th>
              {[...order, END].map((to) => (
                <th key={to} scope="col">
                  <bdi>{names.get(to)}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[START, ...order].map((from) => (
              <tr key={from}>
                <th scope="row">
                  <bdi>{names.get(from)}</bdi>
                </th>
                {[...order, END].map((to) => {
                  const move = moves.get(`${from}\n${to}`)
                  if (!move) return <td key={to} data-none={from === to || undefined} />
                  const share = move.share.value ?? 0
                  const isBack = from !== START && to !== END && order.indexOf(to) < order.indexOf(from)
                  const about = { from: names.get(from), to: names.get(to) }
                  return (
                    <td key={to} data-back={isBack || undefined} style={{ '--share': `${Math.round(share * 100)}%` } as React.CSSProperties}>
                      <Tooltip
                        label={t(isBack ? 'move_back_help' : 'move_help', {
                          count: move.count, persons: move.persons,
                          low: shown.percent(move.share.low ?? 0), high: shown.percent(move.share.high ?? 0), n: move.share.n,
                        })}
                      >
                        <UnstyledButton
                          className={classes.move}
                          onClick={() => who(t('who.move', about), { kind: 'move', from, to })}
                        >
                          <span>{shown.percent(share)}</span>
                          <span className={classes.count}>{shown.compact(move.count)}</span>
                        </UnstyledButton>
                      </Tooltip>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Drawing>
  )
}
