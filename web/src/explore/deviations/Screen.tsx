/** How paths differ from a map, touchpoint by touchpoint, and how well the map fits. */
import { SegmentedControl } from '@mantine/core'
import { useCallback } from 'react'
import { useLocale, useT } from '@/i18n/locale'
import { EmptyState, Loading } from '@/ui/States'
import { Num, Rate } from '@/ui/Values'
import { MapSelect, NoMap, useMapChoice, useWhoOnMap } from '../onMap'
import { KINDS, type DeviationsAnswer } from '../onMapTypes'
import { Definition, Drawing, param, QuestionPage, useAsked, useQuestion } from '../question'
import classes from './Deviations.module.css'
import { DeviationTable } from './DeviationTable'
import { KindBars } from './KindBars'

const SPEC = { map: param.text(), kind: param.oneOf('all', ...KINDS) }

export function Component() {
  const t = useT('explore/deviations')
  const [asked, ask] = useAsked(SPEC)
  const choose = useCallback((map: string) => ask({ map }), [ask])
  const choice = useMapChoice(asked.map, choose)
  const answer = useQuestion<DeviationsAnswer>(choice.map ? { map: choice.map } : null)
  return (
    <QuestionPage
      asked={answer}
      unasked={choice.map === undefined ? <Loading lines={8} /> : <NoMap />}
      controls={choice.map === null ? undefined : <MapSelect choice={choice} onChoose={choose} />}
    >
      {(found) => (
        <Deviations
          answer={found}
          map={choice.map ?? ''}
          kind={asked.kind}
          choose={
            <div className={`${classes.kinds} hs-scroll`}>
              <SegmentedControl
                aria-label={t('which')}
                data={['all', ...KINDS].map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
                value={asked.kind}
                onChange={(kind) => ask({ kind: kind as typeof asked.kind })}
                size="xs"
              />
            </div>
          }
        />
      )}
    </QuestionPage>
  )
}

function Deviations({ answer, map, kind, choose }: {
  answer: DeviationsAnswer
  map: string
  kind: string
  choose: React.ReactNode
}) {
  const t = useT('explore/deviations')
  const { language } = useLocale()
  const who = useWhoOnMap('deviations', map)
  if (answer.reason) return <EmptyState picture="map" title={answer.reason[language]} text={t('nothing_text')} />
  const { conforming, mean, conforming_persons: persons } = answer.fitness
  return (
    <>
      <dl className={classes.facts}>
        <div>
          <dt>
            <Definition term="fitness">{t('fitness')}</Definition>
          </dt>
          <dd>
            <Rate rate={mean} />
          </dd>
        </div>
        <div>
          <dt>
            <Definition term="conforming">{t('conforming')}</Definition>
          </dt>
          <dd>
            <button
              type="button"
              className={classes.who}
              onClick={() => who(t('who.none'), { kind: 'deviation', bucket: 'none' })}
            >
              <Rate rate={conforming} />
            </button>
          </dd>
        </div>
        <div>
          <dt>{t('conforming_persons')}</dt>
          <dd>
            <Rate rate={persons} />
          </dd>
        </div>
        <div>
          <dt>{t('basis')}</dt>
          <dd>
            {t('basis_n', { instances: answer.instances, persons: answer.persons })}{' '}
            <span className="hs-faint">
              (<Num value={answer.bound_events} /> {t('events')})
            </span>
          </dd>
        </div>
      </dl>
      <Drawing label={t('bars_title')}>
        <KindBars answer={answer} onWho={(one) => who(t(`who.${one}`), { kind: 'deviation', bucket: one })} />
      </Drawing>
      {choose}
      <DeviationTable answer={answer} map={map} kind={kind} />
    </>
  )
}
