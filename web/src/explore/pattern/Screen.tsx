/** Where a stretch of events that the reader describes is found, for how many, and how long it takes. */
import { Button, Group } from '@mantine/core'
import { Fragment, useState } from 'react'
import { Bars } from '@/charts/Bars'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/States'
import { Duration, Num, Rate, type RateValue } from '@/ui/Values'
import { Definition, Drawing, param, QuestionPage, useAsked, useQuestion, WhoNumber } from '../question'
import { isolated } from '../isolated'
import { useEventNames, useWhoOf } from '../queries'
import { runs } from '../variants/runs'
import { Help } from './Help'
import classes from './Pattern.module.css'
import { PatternEditor } from './PatternEditor'
import { isOfPattern } from './problem'

const SPEC = { find: param.text() }
const PAGE = 20
const QUANTILES = ['min', 'p10', 'p25', 'median', 'p75', 'p90', 'max'] as const
type Quantiles = Record<(typeof QUANTILES)[number], number | null>

interface PatternAnswer {
  find: string
  events: number
  paths: number
  persons: number
  occurrences: number | null
  matched_paths: number | null
  matched_persons: number | null
  share: RateValue | null
  duration_seconds: Quantiles
  length: Quantiles
  sequences: number
  other_occurrences: number | null
  rows: { path: string[]; occurrences: number; persons: number }[]
}

export function Component() {
  const t = useT('explore/pattern')
  const [{ find }, ask] = useAsked(SPEC)
  const [top, setTop] = useState(PAGE)
  const names = useEventNames()
  const answer = useQuestion<PatternAnswer>(find ? { find, top } : null)
  const wrong = find && isOfPattern(answer.query.error) ? answer.query.error : null
  return (
    <QuestionPage
      asked={wrong ? { ...answer, request: null } : answer}
      controls={
        <PatternEditor find={find} names={names.data?.items ?? []} wrong={wrong} onFind={(text) => ask({ find: text })} />
      }
      unasked={<Help />}
    >
      {(found) =>
        found.occurrences === 0 ? (
          <EmptyState picture="path" title={t('none')} text={t('none_text', { paths: found.paths })} />
        ) : (
          <Found
            answer={found}
            more={
              found.rows.length < found.sequences
                ? { onMore: () => setTop(top + 2 * PAGE), loading: answer.query.isFetching }
                : undefined
            }
          />
        )
      }
    </QuestionPage>
  )
}

function Found({ answer, more }: { answer: PatternAnswer; more: { onMore: () => void; loading: boolean } | undefined }) {
  const t = useT('explore/pattern')
  const shown = useFormats()
  const { dir } = useLocale()
  const who = useWhoOf('pattern')
  const { find } = answer
  const arrow = dir === 'rtl' ? ' ← ' : ' → '
  const nameOf = (path: string[]): string => path.map(isolated).join(arrow)
  const open = (path: string[]) => who(nameOf(path), { find, sequence: path }, t('sequence_help'))
  return (
    <>
      <dl className={classes.facts}>
        <div>
          <dt>
            <Definition term="share">{t('share')}</Definition>
          </dt>
          <dd>
            <Rate rate={answer.share} />
          </dd>
        </div>
        <div>
          <dt>
            <Definition term="occurrences">{t('occurrences')}</Definition>
          </dt>
          <dd>
            <Num value={answer.occurrences} />
          </dd>
        </div>
        <div>
          <dt>{t('with')}</dt>
          <dd>
            <WhoNumber value={answer.matched_persons} title={t('with')} selector={{ find }} />
          </dd>
        </div>
        <div>
          <dt>{t('without')}</dt>
          <dd>
            <WhoNumber
              value={answer.matched_persons === null ? null : answer.persons - answer.matched_persons}
              title={t('without')}
              selector={{ find, matched: false }}
            />
          </dd>
        </div>
        <div>
          <dt>
            <Definition term="duration">{t('median_duration')}</Definition>
          </dt>
          <dd>
            <Duration seconds={answer.duration_seconds.median} />
          </dd>
        </div>
      </dl>
      <Drawing label={t('sequences_title')}>
        <h2 className={classes.title}>{t('sequences_title')}</h2>
        <Bars
          label={t('sequences_title')}
          rows={[
            ...answer.rows.map((row) => ({
              key: row.path.join('\u001f'),
              label: <Sequence path={row.path} whole={nameOf(row.path)} />,
              bars: [{ value: row.occurrences, text: shown.num(row.occurrences), onOpen: () => open(row.path) }],
            })),
            ...(answer.other_occurrences
              ? [
                  {
                    key: 'other',
                    label: t('other_sequences'),
                    bars: [{ value: answer.other_occurrences, text: shown.num(answer.other_occurrences) }],
                    other: true,
                  },
                ]
              : []),
          ]}
        />
        {more && (
          <Group justify="center" mt="sm">
            <Button variant="default" size="xs" loading={more.loading} onClick={more.onMore}>
              {t('ui:show_more')}
            </Button>
          </Group>
        )}
      </Drawing>
      <DataTable
        label={t('quantiles')}
        rows={[
          { key: 'duration', values: answer.duration_seconds },
          { key: 'length', values: answer.length },
        ]}
        rowKey={(row) => row.key}
        columns={[
          {
            key: 'name',
            header: t('quantiles'),
            bare: true,
            cell: (row) => <Definition term={row.key}>{t(row.key)}</Definition>,
          },
          ...QUANTILES.map((name) => ({
            key: name,
            header: t(`quantile.${name}`),
            align: 'end' as const,
            cell: (row: { key: string; values: Quantiles }) =>
              row.key === 'duration' ? <Duration seconds={row.values[name]} short /> : <Num value={row.values[name]} digits={1} />,
          })),
        ]}
      />
    </>
  )
}

/** The steps of a long sequence that are shown at first; the others on demand. */
const STEPS = 8

function Sequence({ path, whole }: { path: string[]; whole: string }) {
  const t = useT('explore')
  const shown = useFormats()
  const { dir } = useLocale()
  const [open, setOpen] = useState(false)
  const all = runs(path)
  const seen = open || all.length <= STEPS + 1 ? all : all.slice(0, STEPS)
  return (
    <span dir={dir} title={whole}>
      {seen.map(({ name, times }, index) => (
        <Fragment key={index}>
          {index > 0 && (dir === 'rtl' ? ' ← ' : ' → ')}
          <bdi>{name}</bdi>
          {times > 1 && <span className="hs-faint"> ×{shown.num(times)}</span>}
        </Fragment>
      ))}
      {all.length > seen.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
          {t('more_steps', { count: all.length - seen.length })}
        </Button>
      )}
    </span>
  )
}
