/** A row of cells. Collapsed it is a strip that tells how much it holds. */
import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { memo } from 'react'
import type { PlacedColumn } from '@/editor/columns'
import { holdsCards } from '@/editor/moves'
import type { Lane } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { useCell, useSession } from '../session'
import { Cell } from './Cell'
import { useColumns } from './columns'
import { LaneHead, useLaneName } from './LaneHead'
import { OwnerCell } from './OwnerCell'
import classes from './Board.module.css'

export const LaneRow = memo(function LaneRow({ lane }: { lane: Lane }) {
  const name = useLaneName(lane)
  const { stages } = useColumns()
  const cards = holdsCards(lane.kind)
  return (
    <div
      role="row"
      className={classes.row}
      data-lane={lane.id}
      data-kind={lane.kind}
      data-collapsed={lane.collapsed || undefined}
      style={lane.height !== undefined && !lane.collapsed ? { minBlockSize: lane.height } : undefined}
    >
      <LaneHead lane={lane} />
      {lane.collapsed
        ? stages.map(({ stage, columns: own }) => (
            <div role="cell" key={stage.id} className={classes.cell} style={{ gridColumn: `span ${own.length}` }}>
              {cards && <Count stage={stage.id} lane={lane.id} />}
            </div>
          ))
        : cards
          ? stages.flatMap(({ columns: own }) =>
              own.map((column, index) => (
                <LaneCell key={column.key} column={column} first={index === 0} lane={lane.id} kind={lane.kind} laneName={name} />
              )),
            )
          : stages.map(({ stage, columns: own }) => (
              <div role="cell" key={stage.id} className={classes.cell} style={{ gridColumn: `span ${own.length}` }}>
                {!stage.collapsed && <OwnerCell stage={stage} />}
              </div>
            ))}
    </div>
  )
})

function LaneCell({ column, first, lane, kind, laneName }: {
  column: PlacedColumn
  first: boolean
  lane: string
  kind: string
  laneName: string
}) {
  const t = useT('maps')
  const { stage, step } = column
  const { run } = useSession()
  const place = step ? t('maps/board:in_step', { stage: stage.name, step: step.name }) : stage.name
  return (
    <div role="cell" className={classes.cell} data-part={column.kind}>
      {column.kind === 'collapsed' ? (
        <UnstyledButton
          className={classes.collapsedCell}
          tabIndex={-1}
          onClick={() => run({ do: 'set_stage', id: stage.id, fields: { collapsed: null } })}
        >
          <Count stage={stage.id} lane={lane} />
        </UnstyledButton>
      ) : (
        <Cell stage={stage.id} step={step?.id ?? null} lane={lane} kind={kind} first={first} label={t('add_card_to', { lane: laneName, stage: place })} />
      )}
    </div>
  )
}

/** How many cards a cell holds that does not show them. */
function Count({ stage, lane }: { stage: string; lane: string }) {
  const t = useT('maps/board')
  const shown = useFormats()
  const count = useCell(stage, lane).length
  if (count === 0) return null
  return (
    <span className={`${classes.cellCount} hs-tabular`}>
      <span aria-hidden="true">{shown.num(count)}</span>
      <VisuallyHidden>{t('cards_n', { count })}</VisuallyHidden>
    </span>
  )
}
