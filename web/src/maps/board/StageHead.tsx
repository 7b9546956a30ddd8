/** Head of a column: the stage's name, who answers for it, and how many went through, always in view. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconArrowNarrowLeft, IconArrowNarrowRight, IconColumnInsertLeft, IconColumnInsertRight, IconDotsVertical,
  IconPencil, IconTrash,
} from '@tabler/icons-react'
import { memo, useCallback, useEffect, useRef, type KeyboardEvent } from 'react'
import { moveAmong, stepOfKey } from '@/editor/moves'
import type { Stage } from '@/editor/model'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { useMeasured } from '../measured/context'
import { SplitBar } from '../measured/SplitBar'
import { focusPart } from '../focus'
import { useSelection } from '../selection'
import { useSession } from '../session'
import { Marks } from '../together/Marks'
import { InlineText } from './InlineText'
import { OwnerMark } from './OwnerMark'
import { useDrag, useDrop, type Dragged, type Edge } from './drag'
import classes from './Board.module.css'

export const StageHead = memo(function StageHead({ stage, index, showOwner }: { stage: Stage; index: number; showOwner: boolean }) {
  const t = useT('maps')
  const shown = useFormats()
  const { dir } = useLocale()
  const { map, run, readOnly, announce } = useSession()
  const { selected, select, editing, edit } = useSelection()
  const measured = useMeasured()
  const box = useRef<HTMLDivElement>(null)
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

  function move(forward: boolean) {
    const command = moveAmong('stage', map.snapshot.stages.map((one) => one.id), id, forward)
    if (!command) return
    run(command)
    const place = map.snapshot.stages.findIndex((one) => one.id === id) + 1
    announce(t('said.stage_moved', { name: stage.name, place }))
  }

  function add(before: string | null) {
    const [added] = run({ do: 'add_stage', name: t('new_stage'), before })
    if (added) edit(`stage:${added}`)
  }

  function drop() {
    run({ do: 'delete_stage', id })
    const text = t('said.stage_deleted', { name: stage.name })
    announce(text)
    notifications.show({ message: text })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isEditing || event.target !== event.currentTarget) return
    const step = event.altKey ? stepOfKey(event.key, dir) : null
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      select({ kind: 'stage', id })
    } else if (event.key === 'F2' && !readOnly) edit(key)
    else if (event.key === 'Delete' && !readOnly) drop()
    else if (!readOnly && (step === 'forward' || step === 'back')) {
      event.preventDefault()
      move(step === 'forward')
      focusPart('stage-head', id)
    }
  }

  const isSelected = selected?.kind === 'stage' && selected.id === id
  useEffect(() => {
    if (isSelected) box.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [isSelected])
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
      style={stage.color?.startsWith('#') ? { borderBlockStartColor: stage.color } : undefined}
      onClick={() => select({ kind: 'stage', id })}
      onDoubleClick={() => !readOnly && edit(key)}
      onKeyDown={onKeyDown}
    >
      <div className={classes.stageLine}>
        <span className={`${classes.stageNumber} hs-tabular`} aria-hidden="true">
          {shown.num(index + 1)}
        </span>
        <span className={classes.stageName}>
          {isEditing ? (
            <InlineText
              value={stage.name}
              label={t('stage_name')}
              onSave={(name) => run({ do: 'set_stage', id, fields: { name } })}
              onClose={() => edit(null)}
            />
          ) : (
            <bdi>{stage.name}</bdi>
          )}
        </span>
        {showOwner && stage.owner && <OwnerMark owner={stage.owner} />}
        {!readOnly && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                className={classes.headMenu}
                aria-label={t('stage_menu', { name: stage.name })}
                onClick={(event) => event.stopPropagation()}
                onDoubleClick={(event) => event.stopPropagation()}
              >
                <IconDotsVertical size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
              <Menu.Item leftSection={<IconPencil size={15} />} rightSection={<kbd>F2</kbd>} onClick={() => edit(key)}>
                {t('rename')}
              </Menu.Item>
              <Menu.Item leftSection={<IconColumnInsertLeft size={15} className="hs-mirror" />} onClick={() => add(id)}>
                {t('add_stage_before')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconColumnInsertRight size={15} className="hs-mirror" />}
                onClick={() => add(next)}
              >
                {t('add_stage_after')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowNarrowLeft size={15} className="hs-mirror" />}
                onClick={() => move(false)}
                disabled={index === 0}
              >
                {t('move_earlier')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowNarrowRight size={15} className="hs-mirror" />}
                onClick={() => move(true)}
                disabled={next === null}
              >
                {t('move_later')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => drop()}>
                {t('delete_stage')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {numbers && measured.map && (
        <Tooltip label={t('head_bar_help', { entered: numbers.entered, begun: measured.map.whole.begun })}>
          <div className={classes.headBar}>
            <SplitBar stage={numbers} of={measured.map.whole.begun} thin />
          </div>
        </Tooltip>
      )}
      <Marks part={key} />
    </div>
  )
})
