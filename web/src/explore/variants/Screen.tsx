/** Whole paths that are the same sequence of events, the most common first. */
import { Button, Checkbox, Group, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { Num, type RateValue } from '@/ui/Values'
import { Drawing, QuestionPage, useQuestion } from '../question'
import { useWhoOf } from '../queries'
import { runs, type Run } from './runs'
import type { VariantsAnswer } from '../types'
import classes from './Variants.module.css'

const PAGE = 25
const CHIPS = 14

export function Component() {
  const [top, setTop] = useState(PAGE)
  const asked = useQuestion<VariantsAnswer>({ top })
  return (
    <QuestionPage asked={asked}>
      {(answer) => <Variants answer={answer} onMore={() => setTop(top + PAGE)} loading={asked.query.isFetching} />}
    </QuestionPage>
  )
}

function Variants(props: { answer: VariantsAnswer; onMore: () => void; loading: boolean }) {
  const t = useT('explore')
  const shown = useFormats()
  const who = useWhoOf('variants')
  const [folded, setFolded] = useState(true)
  const { answer } = props
  const most = answer.rows[0]?.paths ?? 1
  const other = answer.other_paths
  const cut = answer.unit !== 'person'
  return (
    <>
      <Group justify="space-between" mb="sm">
        <span className="hs-soft">
          {t(other === null ? 'variants_few' : 'variants_note', {
            shown: answer.rows.length,
            all: answer.variants,
            share: shown.percent(answer.paths ? (answer.paths - (other ?? 0)) / answer.paths : 0),
            paths: answer.paths,
            unit: t(`path_unit.${answer.unit}`),
          })}
        </span>
        <Checkbox
          size="sm"
          label={t('fold_repeats')}
          checked={folded}
          onChange={(event) => setFolded(event.currentTarget.checked)}
        />
      </Group>
      <Drawing plain label={t('ask.variants.title')}>
      <ol className={`${classes.list} hs-card`}>
        {answer.rows.map((row, index) => (
          <li key={index} className={classes.variant}>
            <UnstyledButton
              className={classes.persons}
              onClick={() => who(t('variant_number', { n: index + 1 }), { path: row.path }, t('variant_help'))}
              title={t('who')}
            >
              <span className={classes.number}>
                <strong>
                  <Num value={row.paths} />
                </strong>
                <Share rate={answer.intervals[index]?.share ?? null} />
              </span>
              <span className={classes.track}>
                <span className={classes.bar} style={{ inlineSize: `${(row.paths / most) * 100}%` }} />
              </span>
              {cut && <small className="hs-faint">{t('of_persons', { count: row.persons })}</small>}
            </UnstyledButton>
            <Chips runs={folded ? runs(row.path) : row.path.map((name) => ({ name, times: 1 }))} />
          </li>
        ))}
        {other !== null && other > 0 && (
          <li className={classes.variant}>
            <span className={classes.persons}>
              <span className={classes.number}>
                <strong>
                  <Num value={other} />
                </strong>
                <span className="hs-faint">{shown.percent(other / answer.paths)}</span>
              </span>
            </span>
            <span className="hs-faint">{t('other_variants', { count: answer.variants - answer.rows.length })}</span>
          </li>
        )}
      </ol>
      </Drawing>
      {answer.variants > answer.rows.length && (
        <Group justify="center" mt="md">
          <Button variant="default" size="xs" loading={props.loading} onClick={props.onMore}>
            {t('ui:show_more')}
          </Button>
        </Group>
      )}
    </>
  )
}

/** The share with its interval; what it is of stands above the list. */
function Share({ rate }: { rate: RateValue | null }) {
  const ui = useT('ui')
  const shown = useFormats()
  if (!rate || rate.value === null || rate.low === null || rate.high === null) return null
  return (
    <span className="hs-faint">
      {shown.percent(rate.value)}{' '}
      <small>({ui('interval', { low: shown.percent(rate.low), high: shown.percent(rate.high) })})</small>
    </span>
  )
}

function Chips({ runs: all }: { runs: Run[] }) {
  const t = useT('explore')
  const shown = useFormats()
  const [open, setOpen] = useState(false)
  const seen = open ? all : all.slice(0, CHIPS)
  return (
    <span className={classes.path}>
      {seen.map((run, index) => (
        <Fragment key={index}>
          {index > 0 && <IconChevronRight size={13} className={`hs-mirror ${classes.arrow}`} aria-hidden="true" />}
          <span className={classes.chip}>
            <bdi>{run.name}</bdi>
            {run.times > 1 && <span className={classes.times}>×{shown.num(run.times)}</span>}
          </span>
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
