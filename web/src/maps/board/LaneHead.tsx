/** Head of a row: what kind of lane it is, its name, and what can be done with it. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconArrowNarrowDown, IconArrowNarrowUp, IconArrowsMinimize, IconArrowsVertical, IconCheck, IconDotsVertical, IconEyeOff, IconMessagePlus, IconPencil, IconTrash,
} from '@tabler/icons-react'
import { memo, useCallback, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { moveAmong, stepOfKey } from '@/editor/moves'
import type { Lane } from '@/editor/model'
import { useLocale, useT } from '@/i18n/locale'
import { CommentMark } from '../comments/CommentMark'
import { useComments } from '../comments/context'
import { laneIcon } from '../laneKinds'
import { focusPart } from '../focus'
import { useChoosing, useWritten } from '../selection'
import { useMapPersonas } from '../library'
import { useSession } from '../session'
import { Marks } from '../together/Marks'
import { InlineText } from './InlineText'
import { LINE_KINDS, useLinesBelow } from './LineBelow'
import { Separator } from './Separator'
import { useDrag, useDrop, type Dragged, type Edge } from './drag'
import classes from './Board.module.css'

const LEAST_HEIGHT = 40

export function useLaneName(lane: Lane): string {
  const t = useT('maps')
  return lane.name || t(`lane.${lane.kind}`)
}

export const LaneHead = memo(function LaneHead({ lane, children }: { lane: Lane; children?: ReactNode }) {
  const t = useT('maps')
  const { dir } = useLocale()
  const name = useLaneName(lane)
  const { map, run, readOnly, announce } = useSession()
  const { edit } = useChoosing()
  const comments = useComments()
  const persona = useMapPersonas().find((one) => one.id === lane.persona)?.name
  const box = useRef<HTMLDivElement>(null)
  const { id } = lane
  const lines = useLinesBelow(id)
  const key = `lane:${id}`
  const isEditing = useWritten(key) && !readOnly
  const Icon = laneIcon(lane.kind)
  const dragging = useDrag(box, { kind: 'lane', id }, !readOnly && !isEditing)
  const onDrop = useCallback(
    (what: Dragged, edge: Edge) => {
      const ids = map.snapshot.lanes.map((one) => one.id).filter((one) => one !== what.id)
      const before = edge === 'before' ? id : (ids[ids.indexOf(id) + 1] ?? null)
      run({ do: 'move_lane', id: what.id, before })
    },
    [map, run, id],
  )
  const edge = useDrop(box, { kind: 'lane', self: id, axis: 'down', enabled: !readOnly, onDrop })

  function move(down: boolean) {
    const command = moveAmong('lane', map.snapshot.lanes.filter((one) => !one.hidden).map((one) => one.id), id, down)
    if (!command) return
    run(command)
    announce(t('said.lane_moved', { name, place: map.snapshot.lanes.findIndex((one) => one.id === id) + 1 }))
  }

  function collapse(collapsed: boolean) {
    run({ do: 'set_lane', id, fields: { collapsed: collapsed || null } })
    announce(t(collapsed ? 'maps/board:said.collapsed' : 'maps/board:said.expanded', { name }))
    focusPart('lane-head', id)
  }

  function drop() {
    run({ do: 'delete_lane', id })
    const text = t('said.lane_deleted', { name: name })
    announce(text)
    notifications.show({ message: text })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isEditing || readOnly || event.target !== event.currentTarget) return
    const step = event.altKey ? stepOfKey(event.key, dir) : null
    if (event.key === 'F2' || event.key === 'Enter') {
      event.preventDefault()
      edit(key)
    } else if (event.key === 'Delete') drop()
    else if (step === 'up' || step === 'down') {
      event.preventDefault()
      move(step === 'down')
      focusPart('lane-head', id)
    }
  }

  return (
    <div
      ref={box}
      role="rowheader"
      aria-label={name}
      tabIndex={0}
      data-lane-head={id}
      data-collapsed={lane.collapsed || undefined}
      data-dragging={dragging || undefined}
      data-edge={edge ?? undefined}
      className={classes.laneHead}
      onDoubleClick={() => !readOnly && edit(key)}
      onKeyDown={onKeyDown}
    >
      <div className={classes.laneLine}>
        <Icon size={16} stroke={1.6} aria-hidden="true" className={classes.laneIcon} />
        <span className={classes.laneName}>
          {isEditing ? (
            <InlineText
              value={name}
              label={t('lane_name')}
              onSave={(next) => run({ do: 'set_lane', id, fields: { name: next === t(`lane.${lane.kind}`) ? null : next } })}
              onClose={(how) => {
                edit(null)
                if (how === 'key') focusPart('lane-head', id)
              }}
            />
          ) : (
            <Tooltip label={lane.description} disabled={!lane.description} position="bottom-start">
              <bdi>{name}</bdi>
            </Tooltip>
          )}
        </span>
        <CommentMark part="lane" target={id} />
        {lane.collapsed && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            disabled={readOnly}
            onClick={() => collapse(false)}
            aria-label={t('maps/board:expand_lane', { name })}
            aria-expanded={false}
          >
            <IconArrowsVertical size={14} />
          </ActionIcon>
        )}
        {!readOnly && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                className={classes.headMenu}
                aria-label={t('lane_menu', { name })}
                onDoubleClick={(event) => event.stopPropagation()}
              >
                <IconDotsVertical size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={15} />} rightSection={<kbd>F2</kbd>} onClick={() => edit(key)}>
                {t('rename')}
              </Menu.Item>
              {comments && (
                <Menu.Item leftSection={<IconMessagePlus size={15} />} onClick={() => comments.open({ part: 'lane', target: id })}>
                  {t('comments.begin')}
                </Menu.Item>
              )}
              <Menu.Item leftSection={<IconArrowNarrowUp size={15} />} onClick={() => move(false)}>
                {t('move_up')}
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowNarrowDown size={15} />} onClick={() => move(true)}>
                {t('move_down')}
              </Menu.Item>
              <Menu.Item
                leftSection={lane.collapsed ? <IconArrowsVertical size={15} /> : <IconArrowsMinimize size={15} />}
                onClick={() => collapse(!lane.collapsed)}
              >
                {t(lane.collapsed ? 'maps/board:expand' : 'maps/board:collapse')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconEyeOff size={15} />}
                onClick={() => run({ do: 'set_lane', id, fields: { hidden: true } })}
              >
                {t('hide_lane')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Label>{t('line.below')}</Menu.Label>
              {LINE_KINDS.map((kind) => {
                const drawn = lines.find((line) => line.kind === kind)
                return (
                  <Menu.Item
                    key={kind}
                    role="menuitemcheckbox"
                    aria-checked={drawn !== undefined}
                    leftSection={drawn ? <IconCheck size={15} /> : <span className={classes.noIcon} />}
                    onClick={() => run(drawn ? { do: 'delete_line', id: drawn.id } : { do: 'add_line', kind, after_lane: id })}
                  >
                    {t(`line.${kind}`)}
                  </Menu.Item>
                )
              })}
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => drop()}>
                {t('delete_lane')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {persona && !lane.collapsed && <div className={classes.lanePersona}>{persona}</div>}
      {!lane.collapsed && children}
      {!readOnly && !lane.collapsed && (
        <Separator
          axis="down"
          label={t('maps/board:lane_height', { name })}
          size={() => box.current?.offsetHeight ?? LEAST_HEIGHT}
          set={lane.height !== undefined}
          least={LEAST_HEIGHT}
          most={1200}
          onSet={(size) => run({ do: 'set_lane', id, fields: { height: size } })}
        />
      )}
      <Marks part={key} />
    </div>
  )
})
