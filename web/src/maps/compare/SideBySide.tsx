/**
 * Two boards beside each other. Rows are as high on both sides, columns stand for the same stage, and scrolling one scrolls
 * the other; what is missing on a side is hatched there.
 */
import { VisuallyHidden } from '@mantine/core'
import { IconUser, IconUsers } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, type CSSProperties, type ReactNode } from 'react'
import type { Card, Owner, Stage } from '@/editor/model'
import { emotionKey } from '@/editor/model'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { Face } from '../board/Face'
import { laneIcon } from '../laneKinds'
import type { Comparison, Difference } from './api'
import { keyOf, markKey, marks, type Side } from './differences'
import { KindMarks } from './KindMark'
import { halfOf, rowsOf, type Half, type Row } from './layout'
import classes from './compare.module.css'

interface Drawing {
  rows: Row[]
  found: ReadonlyMap<string, Difference>
  selected: string | null
  onSelect: (difference: Difference) => void
}

export function SideBySide(props: {
  comparison: Comparison
  /** Those that are shown; the others are drawn as if nothing were different. */
  differences: readonly Difference[]
  names: [string, string]
  selected: Difference | null
  onSelect: (difference: Difference) => void
}) {
  const { comparison, differences, names, onSelect } = props
  const t = useT('maps/compare')
  const frame = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(comparison), [comparison])
  const halves = useMemo(() => [halfOf(comparison, 0), halfOf(comparison, 1)] as const, [comparison])
  const found = useMemo(() => marks(differences), [differences])
  const selected = props.selected ? keyOf(props.selected) : null
  const drawing: Drawing = { rows, found, selected, onSelect }

  useEffect(() => {
    if (selected === null) return
    for (const one of frame.current?.querySelectorAll('[aria-pressed=true], [data-chosen]') ?? []) {
      one.scrollIntoView({ inline: 'center', block: 'nearest' })
    }
  }, [selected])

  /** Both boards and their heads stand at the same stage. */
  function together(event: { currentTarget: HTMLElement }) {
    const along = event.currentTarget.scrollLeft
    for (const other of frame.current?.querySelectorAll<HTMLElement>('[data-along]') ?? []) {
      if (Math.abs(other.scrollLeft - along) > 1) other.scrollLeft = along
    }
  }

  const style = { '--rows': rows.length, '--columns': Math.max(1, comparison.stages.length) } as CSSProperties
  return (
    <div className={`${classes.frame} hs-scroll`} ref={frame} style={style}>
      <div className={classes.heads}>
        <div className={classes.corner} />
        {halves.map((half, side) => (
          <div key={side} className={classes.half}>
            <div className={classes.sideName} data-side={side}>
              <span className={classes.sideWord}>{t(side === 0 ? 'before' : 'after')}</span> <bdi>{names[side]}</bdi>
            </div>
            <div className={classes.stageHeads} data-along>
              {half.stages.map((stage, column) => (
                <StageHead key={column} stage={stage} side={side as Side} drawing={drawing} />
              ))}
            </div>
          </div>
        ))}
      </div>
      <div className={classes.body}>
        <div className={classes.laneNames}>
          {rows.map((row) => (
            <LaneName key={row.key} row={row} drawing={drawing} />
          ))}
        </div>
        {halves.map((half, side) => (
          <div
            key={side}
            role="group"
            aria-label={t(side === 0 ? 'board_before' : 'board_after', { name: names[side] })}
            // A board that scrolls must be reachable by keyboard.
            tabIndex={0}
            className={`${classes.board} hs-scroll`}
            data-along
            onScroll={together}
          >
            {rows.map((row, index) =>
              half.stages.map((stage, column) => (
                <div key={`${row.key}:${column}`} className={classes.cell} style={{ gridRow: index + 1, gridColumn: column + 1 }}>
                  <Cell row={row} stage={stage} half={half} side={side as Side} drawing={drawing} />
                </div>
              )),
            )}
          </div>
        ))}
      </div>
    </div>
  )
}

/** What is different can be pressed; everything else is only to be read. */
function Markable(props: { difference: Difference | undefined; drawing: Drawing; className: string | undefined; children: ReactNode }) {
  const { difference, drawing, className, children } = props
  if (!difference) return <div className={className}>{children}</div>
  return (
    <button
      type="button"
      className={`${className} ${classes.marked}`}
      data-kind={difference.kinds[0]}
      aria-pressed={drawing.selected === keyOf(difference)}
      onClick={() => drawing.onSelect(difference)}
    >
      <KindMarks kinds={difference.kinds} />
      {children}
    </button>
  )
}

function StageHead({ stage, side, drawing }: { stage: Stage | null; side: Side; drawing: Drawing }) {
  const t = useT('maps/compare')
  if (!stage) {
    return (
      <div className={`${classes.stageHead} hs-hatch`}>
        <span className="hs-faint">{t('not_here')}</span>
      </div>
    )
  }
  const difference = drawing.found.get(markKey(side, 'stages', stage.id))
  return (
    <Markable difference={difference} drawing={drawing} className={classes.stageHead}>
      <span className={`${classes.stageName} hs-plain`}>{stage.name}</span>
      {stage.owner && <OwnerName owner={stage.owner} />}
    </Markable>
  )
}

function LaneName({ row, drawing }: { row: Row; drawing: Drawing }) {
  const t = useT('maps')
  const Icon = laneIcon(row.kind)
  const lane = row.lane[1] ?? row.lane[0]
  const difference =
    (row.lane[1] && drawing.found.get(markKey(1, 'lanes', row.lane[1].id))) ??
    (row.lane[0] && drawing.found.get(markKey(0, 'lanes', row.lane[0].id))) ??
    undefined
  return (
    <Markable difference={difference} drawing={drawing} className={classes.laneName}>
      <span className={classes.laneLine}>
        <Icon size={15} stroke={1.6} aria-hidden="true" className={classes.laneIcon} />
        <bdi>{lane?.name || t(`lane.${row.kind}`)}</bdi>
      </span>
    </Markable>
  )
}

function Cell({ row, stage, half, side, drawing }: { row: Row; stage: Stage | null; half: Half; side: Side; drawing: Drawing }) {
  const lane = row.lane[side]
  if (!stage || (!lane && row.kind !== 'emotion')) return <div className={`${classes.absent} hs-hatch`} />
  if (row.kind === 'emotion') return <Emotions stage={stage} half={half} side={side} drawing={drawing} />
  if (row.kind === 'owner') return stage.owner ? <OwnerName owner={stage.owner} /> : null
  return (half.cells.get(`${stage.id}|${lane!.id}`) ?? []).map((card) => (
    <ComparedCard key={card.id} card={card} half={half} side={side} drawing={drawing} />
  ))
}

function ComparedCard({ card, half, side, drawing }: { card: Card; half: Half; side: Side; drawing: Drawing }) {
  const t = useT('maps')
  const difference = drawing.found.get(markKey(side, 'cards', card.id))
  const touchpoint = half.document.touchpoints?.find((one) => one.id === card.touchpoint)
  return (
    <Markable difference={difference} drawing={drawing} className={classes.card}>
      <span className={`${classes.cardText} hs-plain`}>
        {card.emoji} {plainText(card.text) || touchpoint?.name || t('card_empty')}
      </span>
      {card.owner && <OwnerName owner={card.owner} />}
    </Markable>
  )
}

function OwnerName({ owner }: { owner: Owner }) {
  const t = useT('maps')
  const Icon = owner.kind === 'team' ? IconUsers : IconUser
  return (
    <span className={classes.owner}>
      <Icon size={13} aria-hidden="true" />
      <VisuallyHidden>{t('owner')}</VisuallyHidden>
      <bdi>{owner.name}</bdi>
    </span>
  )
}

function Emotions({ stage, half, side, drawing }: { stage: Stage; half: Half; side: Side; drawing: Drawing }) {
  const t = useT('maps')
  return (half.emotions.get(stage.id) ?? []).map((point) => {
    const key = emotionKey(point.persona, point.stage, point.step)
    const persona = half.document.personas.find((one) => one.id === point.persona)
    const step = half.document.steps.find((one) => one.id === point.step)
    return (
      <Markable key={key} difference={drawing.found.get(markKey(side, 'emotions', key))} drawing={drawing} className={classes.emotion}>
        <span className={classes.face}>
          <Face value={point.value} size={20} />
          <VisuallyHidden>{t(`emotion.${Math.max(-2, Math.min(2, Math.round(point.value)))}`)}</VisuallyHidden>
          <bdi>{[persona?.name ?? t('everyone'), step?.name].filter(Boolean).join(' · ')}</bdi>
        </span>
      </Markable>
    )
  })
}
