/** Head of a column: the stage's name, who answers for it, and how many went through, always in view. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowsHorizontal } from '@tabler/icons-react'
import { memo, useCallback, useEffect, useRef, type KeyboardEvent } from 'react'
import { STAGE_WIDTHS } from '@/editor/columns'
import { moveAmong, stepOfKey } from '@/editor/moves'
import type { Stage } from '@/editor/model'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { useStageColor } from '@/shell/style/Styled'
import { CommentMark } from '../comments/CommentMark'
import { useMeasured } from '../measured/context'
import { SplitBar } from '../measured/SplitBar'
import { focusPart } from '../focus'
import { useSelection } from '../selection'
import { useSession } from '../session'
import { Marks } from '../together/Marks'
import { InlineText } from './InlineText'
import { OwnerMark } from './OwnerMark'
import { OpenDetail } from '../levels/OpenDetail'
import { TargetMarks } from '../targets/TargetMarks'
import { Separator } from './Separator'
import { StageMenu } from './StageMenu'
import { useDrag, useDrop, type Dragged, type Edge } from './drag'
import classes from './Board.module.css'

interface Props {
  stage: Stage
  index: number
  showOwner: boolean
  /** Its columns, and their width together in CSS pixels. */
  span: number
  width: number
}

export const StageHead = memo(function StageHead({ stage, index, showOwner, span, width }: Props) {
  const t = useT('maps')
  const shown = useFormats()
  const { dir } = useLocale()
  const { map, run, readOnly, announce } = useSession()
  const { selected, select, editing, edit } = useSelection()
  const measured = useMeasured()
  const styled = useStageColor(index)
  const box = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const { id } = stage
  const key = `stage:${id}`
  const isEditing = editing === key && !readOnly
  const dragging = useDrag(box, { kind: 'stage', id }, !readOnly && !isEditing)
  const onDrop = useCallback(
    (what: Dragged, edge: Edge) => {
      const ids = map.snapshot.stages.map((one) => one.id).filter((one) => one !== what.id)
      const before = edge === 'before' ? id : (ids[ids.indexOf(id) + 1] ?? null)
      run({ do: 'move_stage', id: what.id, before })
    },
    [map, run, id],
  )
  const edge = useDrop(box, { kind: 'stage', self: id, axis: 'along', enabled: !readOnly, onDrop })
  const onStep = useCallback((what: Dragged) => void run({ do: 'move_step', id: what.id, stage: id, before: null }), [run, id])
  const step = useDrop(line, { kind: 'step', enabled: !readOnly, onDrop: onStep })

  function move(forward: boolean) {
    const command = moveAmong('stage', map.snapshot.stages.map((one) => one.id), id, forward)
    if (!command) return
    run(command)
    const place = map.snapshot.stages.findIndex((one) => one.id === id) + 1
    announce(t('said.stage_moved', { name: stage.name, place }))
  }

  function collapse(collapsed: boolean) {
    run({ do: 'set_stage', id, fields: { collapsed: collapsed || null } })
    announce(t(collapsed ? 'maps/board:said.collapsed' : 'maps/board:said.expanded', { name: stage.name }))
    focusPart('stage-head', id)
  }

  function drop() {
    run({ do: 'delete_stage', id })
    const text = t('said.stage_deleted', { name: stage.name })
    announce(text)
    notifications.show({ message: text })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isEditing || event.target !== event.currentTarget) return
    const way = event.altKey ? stepOfKey(event.key, dir) : null
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      select({ kind: 'stage', id })
    } else if (event.key === 'F2' && !readOnly) edit(key)
    else if (event.key === 'Delete' && !readOnly) drop()
    else if (!readOnly && (way === 'forward' || way === 'back')) {
      event.preventDefault()
      move(way === 'forward')
      focusPart('stage-head', id)
    }
  }

  const isSelected = selected?.kind === 'stage' && selected.id === id
  useEffect(() => {
    if (isSelected) box.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [isSelected])
  const edgeColor = stage.color?.startsWith('#') ? stage.color : styled
  const numbers = measured.stages.get(id)
  const next = map.snapshot.stages[index + 1]?.id ?? null
  return (
    <div
      ref={box}
      role="columnheader"
      aria-label={stage.name}
      tabIndex={0}
      data-stage-head={id}
      data-selected={isSelected || undefined}
      data-dragging={dragging || undefined}
      data-edge={edge ?? undefined}
      className={classes.stageHead}
      data-collapsed={stage.collapsed || undefined}
      style={{ gridColumn: `span ${span}`, ...(edgeColor ? { borderBlockStartColor: edgeColor } : {}) }}
      onClick={() => select({ kind: 'stage', id })}
      onDoubleClick={() => !readOnly && edit(key)}
      onKeyDown={onKeyDown}
    >
      <div ref={line} className={classes.stageLine} data-over={step ?? undefined}>
        <span className={`${classes.stageNumber} hs-tabular`} aria-hidden="true">
          {shown.num(index + 1)}
        </span>
        {stage.collapsed ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="xs"
            disabled={readOnly}
            onClick={(event) => {
              event.stopPropagation()
              collapse(false)
            }}
            aria-label={t('maps/board:expand_stage', { name: stage.name })}
            aria-expanded={false}
          >
            <IconArrowsHorizontal size={13} />
          </ActionIcon>
        ) : (
        <span className={classes.stageName}>
          {isEditing ? (
            <InlineText
              value={stage.name}
              label={t('stage_name')}
              onSave={(name) => run({ do: 'set_stage', id, fields: { name } })}
              onClose={(how) => {
                edit(null)
                if (how === 'key') focusPart('stage-head', id)
              }}
            />
          ) : (
            <bdi>{stage.name}</bdi>
          )}
        </span>
        )}
        {stage.detail_map && !stage.collapsed && <OpenDetail stage={stage} />}
        {!stage.collapsed && <CommentMark part="stage" target={id} />}
        {showOwner && !stage.collapsed && stage.owner && <OwnerMark owner={stage.owner} />}
        {!readOnly && !stage.collapsed && <StageMenu stage={stage} first={index === 0} next={next} onMove={move} onCollapse={() => collapse(true)} onDelete={drop} />}
      </div>
      {numbers && measured.map && !stage.collapsed && (
        <Tooltip label={t('head_bar_help', { entered: numbers.entered, begun: measured.map.whole.begun })}>
          <div className={classes.headBar}>
            <SplitBar stage={numbers} of={measured.map.whole.begun} thin />
          </div>
        </Tooltip>
      )}
      {!stage.collapsed && <TargetMarks scope={{ stage: id }} />}
      {!readOnly && !stage.collapsed && (
        <Separator
          axis="along"
          label={t('maps/board:stage_width', { name: stage.name })}
          size={() => width}
          set={stage.width !== undefined}
          {...STAGE_WIDTHS}
          onSet={(size) => run({ do: 'set_stage', id, fields: { width: size } })}
        />
      )}
      <Marks part={key} />
    </div>
  )
})
