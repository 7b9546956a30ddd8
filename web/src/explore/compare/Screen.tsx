/** The same question asked of two segments of persons, and which differences are more than chance. */
import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { EmptyState } from '@/ui/States'
import { weekStart } from '@/i18n/format'
import { useLocale, useT } from '@/i18n/locale'
import { readCondition } from '@/shell/scope'
import { either, EventPick, param, QuestionPage, useAsked, useQuestion } from '../question'
import type { CompareAnswer } from './answer'
import { Comparison } from './Comparison'
import { SegmentCard } from './SegmentCard'
import classes from './Compare.module.css'

const SPEC = {
  of: param.oneOf('overview', 'funnel', 'transitions', 'variants', 'retention', 'survival', 'correlates'),
  a: param.list(),
  b: param.list(),
  steps: param.list(),
  start: param.list(),
  end: param.list(),
  goal: param.list(),
}
const QUESTIONS = ['overview', 'transitions', 'variants', 'funnel', 'retention', 'survival', 'correlates'] as const

export function Component() {
  const t = useT('explore/compare')
  const main = useT('explore')
  const { language, calendar } = useLocale()
  const [asked, ask] = useAsked(SPEC)
  const segments = useMemo(
    () => ({ a: { person_conditions: conditions(asked.a) }, b: { person_conditions: conditions(asked.b) } }),
    [asked.a, asked.b],
  )

  const of: Record<(typeof QUESTIONS)[number], Record<string, unknown> | null> = {
    overview: {},
    transitions: {},
    variants: { top: 20 },
    funnel: asked.steps.length > 0 ? { steps: asked.steps } : null,
    retention: {
      period: calendar === 'jalali' ? 'jalali_month' : 'month',
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      week_starts: weekStart(language, calendar) === 'sat' ? 'saturday' : 'monday',
    },
    survival:
      asked.start.length > 0 && asked.end.length > 0
        ? { start: either(asked.start), end: either(asked.end) }
        : null,
    correlates: asked.goal.length > 0 ? { goal: either(asked.goal) } : null,
  }
  const asking = of[asked.of]
  const chosen = segments.a.person_conditions.length > 0 && segments.b.person_conditions.length > 0
  const answer = useQuestion<CompareAnswer & { events: number; persons: number }>(
    chosen && asking ? { of: asked.of, arguments: asking, ...segments } : null,
  )
  // A comparison counts each side by itself, and says itself that nobody is in one.
  const counted = {
    ...answer,
    query: {
      ...answer.query,
      data: answer.query.data && {
        ...answer.query.data,
        events: Math.max(1, answer.query.data.a.events + answer.query.data.b.events),
        persons: answer.query.data.a.persons + answer.query.data.b.persons,
      },
    } as typeof answer.query,
  }
  return (
    <QuestionPage
      asked={counted}
      controls={
        <div className={classes.builder}>
          <SegmentCard side="a" texts={asked.a} onChange={(a) => ask({ a })} />
          <SegmentCard side="b" texts={asked.b} onChange={(b) => ask({ b })} />
          <section className={`${classes.card} hs-card`}>
            <NativeSelect
              size="sm"
              label={t('question')}
              value={asked.of}
              onChange={(event) => ask({ of: event.currentTarget.value as typeof asked.of })}
              data={QUESTIONS.map((one) => ({ value: one, label: main(`ask.${one}.title`) }))}
            />
            {asked.of === 'funnel' && (
              <EventPick
                label={t('steps')}
                none={t('choose_steps')}
                value={asked.steps}
                onChange={(steps) => ask({ steps })}
              />
            )}
            {asked.of === 'survival' && (
              <>
                <EventPick label={t('start')} none={t('choose')} value={asked.start} onChange={(start) => ask({ start })} />
                <EventPick label={t('end')} none={t('choose')} value={asked.end} onChange={(end) => ask({ end })} />
              </>
            )}
            {asked.of === 'correlates' && (
              <EventPick label={t('goal')} none={t('choose')} value={asked.goal} onChange={(goal) => ask({ goal })} />
            )}
          </section>
        </div>
      }
      unasked={
        <EmptyState
          picture="funnel"
          title={t(chosen ? 'unasked_question' : 'unasked')}
          text={t(chosen ? 'unasked_question_text' : 'unasked_text')}
        />
      }
    >
      {(answer) => <Comparison answer={answer} asked={asking ?? {}} segments={segments} />}
    </QuestionPage>
  )
}

const conditions = (texts: string[]) => texts.map(readCondition).filter((found) => found !== null)
