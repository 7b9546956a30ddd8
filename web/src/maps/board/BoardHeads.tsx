/** The heads of the columns, always in view: the stages, and under them their steps. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconColumnInsertRight } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useT } from '@/i18n/locale'
import { useChoosing } from '../selection'
import { useSession } from '../session'
import { BranchArcs } from './BranchArcs'
import { useColumns } from './columns'
import { DayAxis } from './DayAxis'
import { StageHead } from './StageHead'
import { LooseHead, StepHead } from './StepHead'
import classes from './Board.module.css'

export function BoardHeads({ showOwner }: { showOwner: boolean }) {
  const t = useT('maps')
  const { columns, stages } = useColumns()
  const { run, readOnly } = useSession()
  const { edit } = useChoosing()
  const box = useRef<HTMLDivElement>(null)
  const stepped = columns.some((column) => column.kind === 'step')

  // Names of tall lanes stay in view right under the heads.
  useEffect(() => {
    const heads = box.current
    if (!heads || typeof ResizeObserver === 'undefined') return undefined
    const watch = new ResizeObserver(() => heads.parentElement?.style.setProperty('--heads', `${heads.offsetHeight}px`))
    watch.observe(heads)
    return () => watch.disconnect()
  }, [])

  function addStage() {
    const [added] = run({ do: 'add_stage', name: t('new_stage') })
    if (added) edit(`stage:${added}`)
  }

  return (
    <div role="rowgroup" ref={box} className={classes.heads}>
      <BranchArcs />
      <div role="row" className={classes.row}>
        <div role="columnheader" className={classes.corner}>
          <span className="hs-faint">{t('stages_n', { count: stages.length })}</span>
          {!readOnly && (
            <Tooltip label={t('add_stage')}>
              <ActionIcon variant="subtle" color="gray" size="sm" onClick={addStage} aria-label={t('add_stage')}>
                <IconColumnInsertRight size={16} className="hs-mirror" />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
        {stages.map((placed, index) => (
          <StageHead
            key={placed.stage.id}
            stage={placed.stage}
            index={index}
            showOwner={showOwner}
            span={placed.columns.length}
            width={placed.width}
          />
        ))}
      </div>
      <DayAxis />
      {stepped && (
        <div role="row" className={`${classes.row} ${classes.steps}`}>
          <div role="cell" className={classes.corner} />
          {columns.map(({ key, stage, step, kind, width }) =>
            step ? (
              <StepHead key={key} step={step} />
            ) : kind === 'loose' ? (
              <LooseHead key={key} stage={stage} width={width} />
            ) : (
              <div key={key} role="cell" className={classes.noStep} />
            ),
          )}
        </div>
      )}
    </div>
  )
}
