/** What can be done with a stage, from its head. */
import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowNarrowLeft, IconArrowNarrowRight, IconArrowsHorizontal, IconColumnInsertLeft, IconColumnInsertRight, IconColumns,
  IconDotsVertical, IconPencil, IconRouteAltLeft, IconTrash,
} from '@tabler/icons-react'
import type { Stage } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useChoosing } from '../selection'
import { useMap, useSession } from '../session'
import classes from './Board.module.css'

export function StageMenu(props: {
  stage: Stage
  first: boolean
  /** The stage after it; null for the last one. */
  next: string | null
  onMove: (forward: boolean) => void
  onCollapse: () => void
  onDelete: () => void
}) {
  const t = useT('maps')
  const { stage, next } = props
  const { run } = useSession()
  const { edit, select } = useChoosing()

  function add(before: string | null) {
    const [added] = run({ do: 'add_stage', name: t('new_stage'), before })
    if (added) edit(`stage:${added}`)
  }

  function addStep() {
    const [added] = run({ do: 'add_step', stage: stage.id, name: t('maps/board:new_step') })
    if (added) edit(`step:${added}`)
  }

  function addRoute(to: string) {
    const [added] = run({ do: 'add_branch', name: '', from_stage: stage.id, to_stage: to })
    if (added) select({ kind: 'branch', id: added })
  }

  const others = useMap((snapshot) => snapshot.stages).filter((one) => one.id !== stage.id)
  return (
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
        <Menu.Item leftSection={<IconPencil size={15} />} rightSection={<kbd>F2</kbd>} onClick={() => edit(`stage:${stage.id}`)}>
          {t('rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconColumns size={15} />} onClick={addStep}>
          {t('maps/board:add_step')}
        </Menu.Item>
        <Menu.Item leftSection={<IconColumnInsertLeft size={15} className="hs-mirror" />} onClick={() => add(stage.id)}>
          {t('add_stage_before')}
        </Menu.Item>
        <Menu.Item leftSection={<IconColumnInsertRight size={15} className="hs-mirror" />} onClick={() => add(next)}>
          {t('add_stage_after')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowNarrowLeft size={15} className="hs-mirror" />}
          onClick={() => props.onMove(false)}
          disabled={props.first}
        >
          {t('move_earlier')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowNarrowRight size={15} className="hs-mirror" />}
          onClick={() => props.onMove(true)}
          disabled={next === null}
        >
          {t('move_later')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsHorizontal size={15} />} onClick={props.onCollapse}>
          {t('maps/board:collapse')}
        </Menu.Item>
        {others.length > 0 && (
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconRouteAltLeft size={15} className="hs-mirror" />}>{t('maps/board:add_route')}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown className={classes.laneMenu}>
              {others.map((one) => (
                <Menu.Item key={one.id} onClick={() => addRoute(one.id)}>
                  <bdi>{one.name}</bdi>
                </Menu.Item>
              ))}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        )}
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={props.onDelete}>
          {t('delete_stage')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
