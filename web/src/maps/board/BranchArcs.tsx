/** Alternative routes over the heads of the stages, each with its name; one opens by a press. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { useId } from 'react'
import { arcPath, arcsOf } from '@/editor/arcs'
import { useLocale, useT } from '@/i18n/locale'
import { useSelection } from '../selection'
import { useMap } from '../session'
import { useColumns } from './columns'
import board from './Board.module.css'
import classes from './BranchArcs.module.css'

const LEVEL = 25
/** Routes that leave a stage stand behind its middle, those that reach it before. */
const APART = 9

export function BranchArcs() {
  const t = useT('maps/board')
  const { dir } = useLocale()
  const marker = useId()
  const branches = useMap((snapshot) => snapshot.branches)
  const { stages, width } = useColumns()
  const { selected, select } = useSelection()
  const middles = new Map(stages.map(({ stage, along, width: wide }) => [stage.id, { name: stage.name, middle: along + wide / 2 }]))
  const routes = branches.flatMap((branch) => {
    const [from, to] = [middles.get(branch.from_stage), middles.get(branch.to_stage)]
    if (!from || !to || from === to) return []
    const way = to.middle > from.middle ? APART : -APART
    return [{ id: branch.id, from: from.middle + way, to: to.middle - way, branch, fromName: from.name, toName: to.name }]
  })
  if (routes.length === 0) return null
  const arcs = arcsOf(routes)
  const height = (Math.max(...arcs.map((arc) => arc.level)) + 1) * LEVEL + 10
  const top = (level: number) => height - (level + 1) * LEVEL
  return (
    <div role="row" className={`${board.row} ${classes.row}`}>
      <div role="rowheader" className={`${board.corner} ${classes.head}`}>
        {t('routes')}
      </div>
      <div role="cell" className={board.wholeRow}>
        <div className={classes.arcs} style={{ blockSize: height }}>
          <svg
            className={classes.drawing}
            viewBox={`0 0 ${Math.max(1, width)} ${height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            style={dir === 'rtl' ? { transform: 'scaleX(-1)' } : undefined}
          >
            <marker id={marker} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0 8 4 0 8z" fill="var(--hs-text-soft)" />
            </marker>
            {arcs.map((arc) => (
              <path
                key={arc.id}
                d={arcPath(arc.from, arc.to, top(arc.level), height - 2)}
                className={classes.arc}
                data-selected={(selected?.kind === 'branch' && selected.id === arc.id) || undefined}
                markerEnd={`url(#${marker})`}
              />
            ))}
          </svg>
          {arcs.map((arc) => {
            const { branch, fromName, toName } = routes.find((one) => one.id === arc.id)!
            const name = branch.name || t('route_to', { stage: toName })
            const low = Math.min(arc.from, arc.to)
            return (
              <div
                key={arc.id}
                className={classes.place}
                style={{ insetInlineStart: low + 10, inlineSize: Math.abs(arc.to - arc.from) - 20, insetBlockStart: top(arc.level) - 11 }}
              >
                <Tooltip label={branch.condition} disabled={!branch.condition}>
                  <UnstyledButton
                    className={classes.label}
                    data-selected={(selected?.kind === 'branch' && selected.id === arc.id) || undefined}
                    onClick={() => select({ kind: 'branch', id: arc.id })}
                    aria-label={t('route_is', { name: branch.condition ? `${name} · ${branch.condition}` : name, from: fromName, to: toName })}
                  >
                    <bdi>{name}</bdi>
                    {branch.condition && (
                      <span className="hs-faint">
                        {' '}
                        · <bdi>{branch.condition}</bdi>
                      </span>
                    )}
                  </UnstyledButton>
                </Tooltip>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
