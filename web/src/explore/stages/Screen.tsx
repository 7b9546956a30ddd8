/** How far people come along the stages of a map, where they are lost, and where they go back. */
import { useCallback } from 'react'
import { useLocale, useT } from '@/i18n/locale'
import { EmptyState, Loading } from '@/ui/States'
import { Num, Rate } from '@/ui/Values'
import { MapSelect, NoMap, useMapChoice } from '../onMap'
import type { StagesAnswer } from '../onMapTypes'
import { Definition, Drawing, param, QuestionPage, useAsked, useQuestion } from '../question'
import { Moves } from './Moves'
import classes from './Stages.module.css'
import { StageBars } from './StageBars'
import { StageTable } from './StageTable'

const SPEC = { map: param.text() }

export function Component() {
  const [asked, ask] = useAsked(SPEC)
  const choose = useCallback((map: string) => ask({ map }), [ask])
  const choice = useMapChoice(asked.map, choose)
  const answer = useQuestion<StagesAnswer>(choice.map ? { map: choice.map } : null)
  return (
    <QuestionPage
      asked={answer}
      unasked={choice.map === undefined ? <Loading lines={8} /> : <NoMap />}
      controls={choice.map === null ? undefined : <MapSelect choice={choice} onChoose={choose} />}
    >
      {(found) => <Stages answer={found} map={choice.map ?? ''} />}
    </QuestionPage>
  )
}

function Stages({ answer, map }: { answer: StagesAnswer; map: string }) {
  const t = useT('explore/stages')
  const { language } = useLocale()
  if (answer.reason) return <EmptyState picture="map" title={answer.reason[language]} text={t('nothing_text')} />
  return (
    <>
      <p className={classes.summary}>
        <Definition term="instances">
          <Num value={answer.instances} /> {t('instances')}
        </Definition>
        <span>
          <Num value={answer.persons} /> {t('persons')}
        </span>
        <span>
          <Definition term="completion">{t('completed')}</Definition> <Rate rate={answer.whole.completion} />
        </span>
      </p>
      <Drawing label={t('bars_title')}>
        <StageBars rows={answer.rows} />
      </Drawing>
      <StageTable answer={answer} map={map} />
      <h2 className={classes.part}>
        <Definition term="moves">{t('moves_title')}</Definition>
      </h2>
      <p className="hs-faint">{t('moves_text')}</p>
      <Moves answer={answer} map={map} />
    </>
  )
}
