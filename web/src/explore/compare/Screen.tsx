/** The same question asked of two segments of persons, and which differences are more than chance. */
import { NativeSelect } from '@mantine/core'
import { weekStart } from '@/i18n/format'
import { useLocale, useT } from '@/i18n/locale'
import { EmptyState } from '@/ui/States'
import { MapSelect, NoMap, useMapChoice } from '../onMap'
import { ComparedPage, either, EventPick, param, useAsked } from '../question'
import classes from './Compare.module.css'

// Those that need to be asked little or nothing; the others are compared on their own pages.
const QUESTIONS = [
  'overview', 'transitions', 'variants', 'funnel', 'stages', 'deviations', 'retention', 'survival', 'correlates',
] as const
const SPEC = {
  of: param.oneOf(...QUESTIONS),
  steps: param.list(),
  start: param.list(),
  end: param.list(),
  goal: param.list(),
  map: param.text(),
}

export function Component() {
  const t = useT('explore/compare')
  const main = useT('explore')
  const { language, calendar } = useLocale()
  const [asked, ask] = useAsked(SPEC)
  const choice = useMapChoice(asked.map)
  const onMap = choice.map ? { map: choice.map } : null
  const of: Record<(typeof QUESTIONS)[number], Record<string, unknown> | null> = {
    overview: {},
    transitions: {},
    variants: { top: 20 },
    funnel: asked.steps.length > 0 ? { steps: asked.steps } : null,
    stages: onMap,
    deviations: onMap,
    retention: {
      period: calendar === 'jalali' ? 'jalali_month' : 'month',
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      week_starts: weekStart(language, calendar) === 'sat' ? 'saturday' : 'monday',
    },
    survival:
      asked.start.length > 0 && asked.end.length > 0 ? { start: either(asked.start), end: either(asked.end) } : null,
    correlates: asked.goal.length > 0 ? { goal: either(asked.goal) } : null,
  }
  const mapped = asked.of === 'stages' || asked.of === 'deviations'
  return (
    <ComparedPage
      always
      of={asked.of}
      request={of[asked.of]}
      controls={
        <>
          <NativeSelect
            className={classes.control}
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
          {mapped && choice.map !== null && <MapSelect choice={choice} onChoose={(map) => ask({ map })} />}
          {asked.of === 'survival' && (
            <>
              <EventPick label={t('start')} none={t('choose')} value={asked.start} onChange={(start) => ask({ start })} />
              <EventPick label={t('end')} none={t('choose')} value={asked.end} onChange={(end) => ask({ end })} />
            </>
          )}
          {asked.of === 'correlates' && (
            <EventPick label={t('goal')} none={t('choose')} value={asked.goal} onChange={(goal) => ask({ goal })} />
          )}
        </>
      }
      unasked={
        mapped ? (
          <NoMap />
        ) : (
          <EmptyState picture="funnel" title={t('unasked_question')} text={t('unasked_question_text')} />
        )
      }
    />
  )
}
