import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { Facts, InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { Duration, Num } from '@/ui/Values'
import { Definition } from '../question'
import classes from './Flow.module.css'
import { useNodeName } from '../nodeName'
import { useWhoOf } from '../queries'
import { END, START, type Transition, type TransitionsAnswer } from '../types'

export type Selected = { kind: 'node'; name: string } | { kind: 'edge'; source: string; target: string }

export function FlowInspector(props: {
  answer: TransitionsAnswer
  selected: Selected
  onSelect: (selected: Selected | null) => void
}) {
  const { selected, answer, onSelect } = props
  const close = useCallback(() => onSelect(null), [onSelect])
  return selected.kind === 'node' ? (
    <NodePanel name={selected.name} rows={answer.rows} onSelect={onSelect} onClose={close} />
  ) : (
    <EdgePanel source={selected.source} target={selected.target} rows={answer.rows} onClose={close} />
  )
}

const sum = (rows: Transition[]): number => rows.reduce((total, row) => total + row.count, 0)

function NodePanel(props: {
  name: string
  rows: Transition[]
  onSelect: (selected: Selected) => void
  onClose: () => void
}) {
  const t = useT('explore')
  const nameOf = useNodeName()
  const who = useWhoOf('transitions')
  const into = props.rows.filter((row) => row.target === props.name)
  const out = props.rows.filter((row) => row.source === props.name)
  const name = nameOf(props.name)
  return (
    <InspectorPanel
      title={name}
      kind={t(props.name === START || props.name === END ? 'path_end' : 'event')}
      onClose={props.onClose}
      footer={
        props.name !== START &&
        props.name !== END && (
          <Button
            fullWidth
            variant="light"
            leftSection={<IconUsers size={16} />}
            onClick={() => who(t('who_did', { event: name }), { event: props.name })}
          >
            {t('who')}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          {
            label: t(props.name === START || props.name === END ? 'paths_count' : 'times'),
            value: <Num value={sum(props.name === START ? out : into)} />,
          },
        ]}
      />
      {out.length > 0 && (
        <InspectorSection title={t('goes_to')}>
          <Ways rows={out} end="target" onSelect={props.onSelect} />
        </InspectorSection>
      )}
      {into.length > 0 && (
        <InspectorSection title={t('comes_from')}>
          <Ways rows={into} end="source" onSelect={props.onSelect} />
        </InspectorSection>
      )}
    </InspectorPanel>
  )
}

const SHOWN = 8

/** The strongest ways as bars; what is left is one grey bar, so that the shares add up. */
function Ways(props: { rows: Transition[]; end: 'source' | 'target'; onSelect: (selected: Selected) => void }) {
  const t = useT('explore')
  const shown = useFormats()
  const nameOf = useNodeName()
  const ordered = [...props.rows].sort((a, b) => b.count - a.count)
  const total = sum(ordered)
  const rest = ordered.slice(SHOWN)
  return (
    <ul className={classes.ways}>
      {ordered.slice(0, SHOWN).map((row) => (
        <li key={row[props.end]}>
          <button
            type="button"
            className={classes.way}
            onClick={() => props.onSelect({ kind: 'edge', source: row.source, target: row.target })}
          >
            <bdi className={classes.wayName}>{nameOf(row[props.end])}</bdi>
            <span className={classes.wayShare}>
              {shown.percent(row.count / total)} · {shown.num(row.count)}
            </span>
            <span className={classes.wayBar} style={{ inlineSize: `${(row.count / total) * 100}%` }} />
          </button>
        </li>
      ))}
      {rest.length > 0 && (
        <li className={classes.way}>
          <span className="hs-faint">{t('others', { count: rest.length })}</span>
          <span className={classes.wayShare}>
            {shown.percent(sum(rest) / total)} · {shown.num(sum(rest))}
          </span>
          <span className={classes.wayBar} data-other style={{ inlineSize: `${(sum(rest) / total) * 100}%` }} />
        </li>
      )}
    </ul>
  )
}

function EdgePanel(props: { source: string; target: string; rows: Transition[]; onClose: () => void }) {
  const t = useT('explore')
  const shown = useFormats()
  const nameOf = useNodeName()
  const who = useWhoOf('transitions')
  const row = props.rows.find((one) => one.source === props.source && one.target === props.target)
  if (!row) return null
  const out = sum(props.rows.filter((one) => one.source === props.source))
  const title = t('from_to', { source: nameOf(props.source), target: nameOf(props.target) })
  return (
    <InspectorPanel
      title={title}
      kind={t('transition')}
      onClose={props.onClose}
      footer={
        <Button
          fullWidth
          variant="light"
          leftSection={<IconUsers size={16} />}
          onClick={() => who(title, { source: props.source, target: props.target })}
        >
          {t('who')}
        </Button>
      }
    >
      <Facts
        facts={[
          { label: <Definition term="times">{t('times')}</Definition>, value: <Num value={row.count} /> },
          { label: t('persons'), value: <Num value={row.persons} /> },
          {
            label: <Definition term="share_of_source">{t('share_of_source', { source: nameOf(props.source) })}</Definition>,
            value: `${shown.percent(row.count / out)} (${shown.num(row.count)} / ${shown.num(out)})`,
          },
          { label: <Definition term="median_gap">{t('median_gap')}</Definition>, value: <Duration seconds={row.median_gap_seconds} /> },
        ]}
      />
    </InspectorPanel>
  )
}
