/** How good predictions of the next step are, and what is predicted for one person. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Bars } from '@/charts/Bars'
import { Lines } from '@/charts/Lines'
import { useFormats, useT } from '@/i18n/locale'
import { EmptyState } from '@/ui/States'
import { DayField } from '@/ui/DayField'
import { DataTable, type Column } from '@/ui/DataTable'
import { DateTime, Rate, type RateValue } from '@/ui/Values'
import { Definition, Drawing, Estimate, param, QuestionPage, useAsked, useQuestion } from '../question'
import { LikelyNext } from './LikelyNext'
import classes from './NextStep.module.css'

interface Interval {
  value: number
  low: number | null
  high: number | null
}

interface Scores {
  model: 'variable_order' | 'first_order' | 'most_frequent'
  accuracy: RateValue
  top_three: RateValue
  log_loss: Interval
  calibration_error: number
  coverage: RateValue
  accuracy_when_sure: RateValue
}

interface Answer {
  events: number
  persons: number
  split_at: string
  open_after_seconds: number
  training_cases: number
  all_test_cases: number
  test_cases: number
  test_persons: number
  order: number
  min_confidence: number
  log_loss_gain: Interval
  accuracy_gain: Interval
  rows: Scores[]
  reliability: { from: number; to: number; n: number; confidence: number; right: RateValue }[]
}

const SPEC = { sure: param.number(0.2, 0, 1), split: param.text(), person: param.text() }
const CONFIDENCES = [0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]

/** What the engine says when there is nothing before or after the split. */
const TOO_LITTLE = ['nothing_to_predict', 'nothing_to_test']

export function Component() {
  const t = useT('explore/next-step')
  const shown = useFormats()
  const [asked, ask] = useAsked(SPEC)
  const [person, setPerson] = useState(asked.person)
  const answer = useQuestion<Answer>({
    min_confidence: asked.sure,
    ...(asked.split ? { split: asked.split } : {}),
  })
  const little = TOO_LITTLE.includes(answer.query.error?.code ?? '')
  return (
    <QuestionPage
      asked={little ? { ...answer, request: null } : answer}
      unasked={<EmptyState title={t('too_little')} text={t('too_little_text')} />}
      controls={
        <>
          <NativeSelect
            size="sm"
            label={t('sure')}
            value={String(asked.sure)}
            data={[...new Set([...CONFIDENCES, asked.sure])].map((value) => ({
              value: String(value),
              label: value === 0 ? t('always') : shown.percent(value),
            }))}
            onChange={(event) => ask({ sure: Number(event.currentTarget.value) })}
          />
          <DayField label={t('split')} day={asked.split || null} onSave={(split) => ask({ split: split ?? '' })} />
          <form
            className={classes.person}
            onSubmit={(event) => {
              event.preventDefault()
              ask({ person: person.trim() })
            }}
          >
            <TextInput
              size="sm"
              dir="auto"
              label={t('person')}
              placeholder={t('person_id')}
              value={person}
              onChange={(event) => setPerson(event.currentTarget.value)}
            />
            <Button size="sm" type="submit" variant="default">
              {t('predict')}
            </Button>
          </form>
        </>
      }
    >
      {(found) => (
        <>
          {asked.person && <LikelyNext person={asked.person} minConfidence={asked.sure} />}
          <Scores answer={found} />
        </>
      )}
    </QuestionPage>
  )
}

function Scores({ answer }: { answer: Answer }) {
  const t = useT('explore/next-step')
  const shown = useFormats()
  const decimals = (value: number) => shown.num(value, 3)
  const columns: Column<Scores>[] = [
    { key: 'model', header: t('model_head'), bare: true, cell: (row) => t(`model.${row.model}`) },
    {
      key: 'accuracy', header: t('accuracy'), help: <Definition term="accuracy" />, align: 'end',
      cell: (row) => <Rate rate={row.accuracy} />, sort: (row) => row.accuracy.value,
    },
    {
      key: 'top', header: t('top_three'), help: <Definition term="top_three" />, align: 'end',
      cell: (row) => <Rate rate={row.top_three} compact />, sort: (row) => row.top_three.value,
    },
    {
      key: 'loss', header: t('log_loss'), help: <Definition term="log_loss" />, align: 'end',
      cell: (row) => <Estimate {...row.log_loss} format={decimals} />, sort: (row) => row.log_loss.value,
    },
    {
      key: 'ece', header: t('calibration'), help: <Definition term="calibration" />, align: 'end',
      cell: (row) => shown.percent(row.calibration_error, 1), sort: (row) => row.calibration_error,
    },
    {
      key: 'coverage', header: t('coverage'), help: <Definition term="coverage" />, align: 'end',
      cell: (row) => <Rate rate={row.coverage} compact />, sort: (row) => row.coverage.value,
    },
    {
      key: 'when_sure', header: t('when_sure'), help: <Definition term="when_sure" />, align: 'end',
      cell: (row) => <Rate rate={row.accuracy_when_sure} compact />, sort: (row) => row.accuracy_when_sure.value,
    },
  ]
  return (
    <>
      <p className={classes.summary}>
        {t('learned', { cases: answer.training_cases, tests: answer.test_cases, persons: answer.test_persons })}{' '}
        {t('split_at')} <DateTime at={answer.split_at} />.{' '}
        <span className="hs-soft">{t('ends', { time: shown.duration(answer.open_after_seconds) })}</span>
      </p>
      <p className={classes.summary}>
        {t('gain')} <Estimate {...answer.log_loss_gain} format={decimals} /> <Definition term="gain" />
        {' · '}
        {t('accuracy_gain')}{' '}
        <Estimate {...answer.accuracy_gain} format={(value) => shown.percent(value, 1)} />
      </p>
      <div className={classes.drawings}>
        <Drawing label={t('by_model')}>
          <h2 className={classes.title}>{t('by_model')}</h2>
          <Bars
            label={t('by_model')}
            most={1}
            series={[
              { key: 'accuracy', label: t('accuracy') },
              { key: 'top', label: t('top_three') },
            ]}
            rows={answer.rows.map((row) => ({
              key: row.model,
              label: t(`model.${row.model}`),
              bars: [row.accuracy, row.top_three].map((rate) => ({
                ...rate,
                text: rate.value === null ? '–' : shown.percent(rate.value, 1),
              })),
            }))}
          />
        </Drawing>
        <Drawing label={t('reliability')}>
          <h2 className={classes.title}>
            {t('reliability')} <Definition term="reliability" />
          </h2>
          <Lines
            label={t('reliability')}
            height={240}
            reference={[
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ]}
            x={{ label: t('confidence'), format: (value) => shown.percent(value), min: 0, max: 1 }}
            y={{ label: t('right'), format: (value) => shown.percent(value), min: 0, max: 1 }}
            series={[
              {
                key: 'reliability',
                label: t('right'),
                dots: true,
                points: answer.reliability.map((row) => ({
                  x: row.confidence,
                  y: row.right.value,
                  low: row.right.low,
                  high: row.right.high,
                  note: t('ui:n_is', { n: row.n }),
                })),
              },
            ]}
          />
        </Drawing>
      </div>
      <DataTable label={t('table')} columns={columns} rows={answer.rows} rowKey={(row) => row.model} />
    </>
  )
}
