/** Heads of the steps under the head of their stage, and of the part before them that is in none. */
import { ActionIcon, Menu, Tooltip, VisuallyHidden } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowNarrowLeft, IconArrowNarrowRight, IconColumnInsertRight, IconDotsVertical, IconPencil, IconTrash } from '@tabler/icons-react'
import { memo, useCallback, useRef, type KeyboardEvent } from 'react'
import { STRIP } from '@/editor/columns'
import type { Stage, Step } from '@/editor/model'
import { moveStepAlong, stepOfKey } from '@/editor/moves'
import { useLocale, useT } from '@/i18n/locale'
import { focusPart } from '../focus'
import { useChoosing, useIsSelected, useWritten } from '../selection'
import { useMap, useSession } from '../session'
import { useDrag, useDrop, type Dragged, type Edge } from './drag'
import { InlineText } from './InlineText'
import classes from './Board.module.css'

export const StepHead = memo(function StepHead({ step }: { step: Step }) {
  const t = useT('maps/board')
  const { dir } = useLocale()
  const { map, run, readOnly, announce } = useSession()
  const { select, edit } = useChoosing()
  const box = useRef<HTMLDivElement>(null)
  const { id, stage, name } = step
  const key = `step:${id}`
  const isSelected = useIsSelected('step', id)
  const isEditing = useWritten(key) && !readOnly
  const dragging = useDrag(box, { kind: 'step', id }, !readOnly && !isEditing)
  const onDrop = useCallback(
    (what: Dragged, edge: Edge) => {
      const own = map.snapshot.steps.filter((one) => one.stage === stage && one.id !== what.id).map((one) => one.id)
      run({ do: 'move_step', id: what.id, stage, before: edge === 'before' ? id : (own[own.indexOf(id) + 1] ?? null) })
    },
    [map, run, id, stage],
  )
  const edge = useDrop(box, { kind: 'step', self: id, axis: 'along', enabled: !readOnly, onDrop })

  function move(forward: boolean) {
    const command = moveStepAlong(map, id, forward)
    if (!command) return
    run(command)
    const { stages, steps } = map.snapshot
    const now = steps.find((one) => one.id === id)!
    const place = steps.filter((one) => one.stage === now.stage).findIndex((one) => one.id === id) + 1
    announce(t('said.step_moved', { name, stage: stages.find((one) => one.id === now.stage)?.name, place }))
    focusPart('step-head', id)
  }

  function addAfter() {
    const own = map.snapshot.steps.filter((one) => one.stage === stage)
    const [added] = run({ do: 'add_step', stage, name: t('new_step'), before: own[own.findIndex((one) => one.id === id) + 1]?.id ?? null })
    if (added) edit(`step:${added}`)
  }

  function drop() {
    run({ do: 'delete_step', id })
    const text = t('said.step_deleted', { name })
    announce(text)
    notifications.show({ message: text })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isEditing || event.target !== event.currentTarget) return
    const way = event.altKey ? stepOfKey(event.key, dir) : null
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      select({ kind: 'step', id })
    } else if (readOnly) return
    else if (event.key === 'F2') edit(key)
    else if (event.key === 'Delete') drop()
    else if (way === 'forward' || way === 'back') {
      event.preventDefault()
      move(way === 'forward')
    }
  }

  const stages = useMap((snapshot) => snapshot.stages)
  return (
    <div
      ref={box}
      role="columnheader"
      aria-label={name}
      aria-description={t('step_of', { stage: stages.find((one) => one.id === stage)?.name })}
      tabIndex={0}
      data-step-head={id}
      data-selected={isSelected || undefined}
      data-dragging={dragging || undefined}
      data-edge={edge ?? undefined}
      className={classes.stepHead}
      onClick={() => select({ kind: 'step', id })}
      onDoubleClick={() => !readOnly && edit(key)}
      onKeyDown={onKeyDown}
    >
      <span className={classes.stepName}>
        {isEditing ? (
          <InlineText
            value={name}
            label={t('step_name')}
            onSave={(next) => run({ do: 'set_step', id, fields: { name: next } })}
            onClose={(how) => {
              edit(null)
              if (how === 'key') focusPart('step-head', id)
            }}
          />
        ) : (
          <Tooltip label={step.description} disabled={!step.description} position="bottom-start">
            <bdi>{name}</bdi>
          </Tooltip>
        )}
      </span>
      {!readOnly && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              className={classes.headMenu}
              aria-label={t('step_menu', { name })}
              onClick={(event) => event.stopPropagation()}
              onDoubleClick={(event) => event.stopPropagation()}
            >
              <IconDotsVertical size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
            <Menu.Item leftSection={<IconPencil size={15} />} rightSection={<kbd>F2</kbd>} onClick={() => edit(key)}>
              {t('maps:rename')}
            </Menu.Item>
            <Menu.Item leftSection={<IconColumnInsertRight size={15} className="hs-mirror" />} onClick={addAfter}>
              {t('add_step_after')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowNarrowLeft size={15} className="hs-mirror" />} onClick={() => move(false)}>
              {t('maps:move_earlier')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowNarrowRight size={15} className="hs-mirror" />} onClick={() => move(true)}>
              {t('maps:move_later')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Label>{t('move_to_stage')}</Menu.Label>
            {stages
              .filter((one) => one.id !== stage)
              .map((one) => (
                <Menu.Item key={one.id} onClick={() => run({ do: 'move_step', id, stage: one.id, before: null })}>
                  <bdi>{one.name}</bdi>
                </Menu.Item>
              ))}
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={drop}>
              {t('delete_step')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
})

/** Takes steps too: they come first in the stage. */
export function LooseHead({ stage, width }: { stage: Stage; width: number }) {
  const t = useT('maps/board')
  const { map, run, readOnly } = useSession()
  const box = useRef<HTMLDivElement>(null)
  const { id } = stage
  const onDrop = useCallback(
    (what: Dragged) => {
      const first = map.snapshot.steps.find((one) => one.stage === id && one.id !== what.id)
      run({ do: 'move_step', id: what.id, stage: id, before: first?.id ?? null })
    },
    [map, run, id],
  )
  const over = useDrop(box, { kind: 'step', enabled: !readOnly, onDrop })
  return (
    <div ref={box} role="columnheader" className={classes.looseHead} data-over={over ?? undefined}>
      {width > STRIP ? (
        <span className="hs-faint">{t('no_step')}</span>
      ) : (
        <Tooltip label={t('no_step')}>
          <span>
            <span aria-hidden="true">·</span>
            <VisuallyHidden>{t('no_step')}</VisuallyHidden>
          </span>
        </Tooltip>
      )}
    </div>
  )
}
