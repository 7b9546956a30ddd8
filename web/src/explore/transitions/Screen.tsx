/** Where people go from event to event, as a graph and, for those who do not see it, as a table. */
import { Group, SegmentedControl, Slider, Text } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { LoadingScreen } from '@/ui/States'
import classes from './Flow.module.css'
import { layOut } from './flowGraph'
import { FlowInspector, type Selected } from './FlowInspector'
import { FlowTable } from './FlowTable'
import { QuestionPage, useQuestion } from '../question'
import type { TransitionsAnswer } from '../types'

const FlowCanvas = lazy(() => import('./FlowCanvas'))

export type EdgeLabel = 'count' | 'time'
const FIRST_LIMIT = 24

export function Component() {
  const asked = useQuestion<TransitionsAnswer>()
  const [selected, setSelected] = useState<Selected | null>(null)
  return (
    <QuestionPage
      full
      asked={asked}
      inspector={
        selected && asked.query.data ? (
          <FlowInspector answer={asked.query.data} selected={selected} onSelect={setSelected} />
        ) : undefined
      }
    >
      {(answer) => <Flow answer={answer} selected={selected} onSelect={setSelected} />}
    </QuestionPage>
  )
}

function Flow(props: {
  answer: TransitionsAnswer
  selected: Selected | null
  onSelect: (selected: Selected | null) => void
}) {
  const t = useT('explore')
  const shown = useFormats()
  const { dir } = useLocale()
  const [params, setParams] = useSearchParams()
  const { rows } = props.answer
  const asked = Number(params.get('edges') ?? FIRST_LIMIT)
  const [limit, setLimit] = useState(Number.isFinite(asked) && asked > 0 ? asked : FIRST_LIMIT)
  const as = params.get('as') === 'table' ? 'table' : 'graph'
  const label: EdgeLabel = params.get('label') === 'time' ? 'time' : 'count'
  const flow = useMemo(() => layOut(rows, limit, dir), [rows, limit, dir])

  function keep(name: string, value: string, usual: string) {
    setParams(
      (old) => {
        const next = new URLSearchParams(old)
        if (value === usual) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  }

  return (
    <div className={classes.flow}>
      <Group className={classes.tools} gap="lg">
        <SegmentedControl
          size="xs"
          aria-label={t('show_as')}
          value={as}
          data={[
            { value: 'graph', label: t('as_graph') },
            { value: 'table', label: t('as_table') },
          ]}
          onChange={(value) => keep('as', value, 'graph')}
        />
        {as === 'graph' && (
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('edge_label')}
              value={label}
              data={[
                { value: 'count', label: t('label_count') },
                { value: 'time', label: t('label_time') },
              ]}
              onChange={(value) => keep('label', value, 'count')}
            />
            <div className={classes.slider}>
              <span id="threshold-label">{t('detail')}</span>
              <Slider
                min={1}
                max={Math.max(2, Math.min(rows.length, 200))}
                value={Math.min(limit, rows.length)}
                onChange={setLimit}
                onChangeEnd={(value) => keep('edges', String(value), String(FIRST_LIMIT))}
                label={(value) => shown.num(value)}
                thumbLabel={t('detail')}
                aria-labelledby="threshold-label"
                size="sm"
                w={180}
              />
            </div>
            <Text size="sm" className="hs-faint" role="status">
              {t('covered', {
                shown: flow.edges.length,
                all: rows.length,
                share: shown.percent(flow.covered, 0),
              })}
            </Text>
          </>
        )}
      </Group>
      {as === 'graph' ? (
        <div className={classes.canvas} data-drawing={t('flow_graph')} data-crop=".react-flow__node, .react-flow__edgelabel-renderer > *">
          <Suspense fallback={<LoadingScreen />}>
            <FlowCanvas flow={flow} label={label} selected={props.selected} onSelect={props.onSelect} />
          </Suspense>
        </div>
      ) : (
        <div className={classes.table}>
          <FlowTable rows={rows} onSelect={props.onSelect} />
        </div>
      )}
    </div>
  )
}
