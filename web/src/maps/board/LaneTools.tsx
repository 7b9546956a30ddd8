/** Under the lanes: another lane, those proposed for this kind of map first, and the hidden ones back. */
import { Menu, UnstyledButton } from '@mantine/core'
import { IconEye, IconPlus } from '@tabler/icons-react'
import type { Lane } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { LANE_KINDS, laneIcon, PROPOSED_LANES } from '../laneKinds'
import { useMap, useSession } from '../session'
import classes from './Board.module.css'

export function LaneTools({ lanes }: { lanes: readonly Lane[] }) {
  const t = useT('maps')
  const { run } = useSession()
  const kind = useMap((snapshot) => snapshot.meta.kind)
  const hidden = lanes.filter((lane) => lane.hidden)
  const proposed = PROPOSED_LANES[kind].filter((one) => !lanes.some((lane) => lane.kind === one))
  const rest = LANE_KINDS.filter((one) => !proposed.includes(one))
  const item = (one: string) => {
    const Icon = laneIcon(one)
    return (
      <Menu.Item key={one} leftSection={<Icon size={15} />} onClick={() => run({ do: 'add_lane', kind: one })}>
        {t(`lane.${one}`)}
      </Menu.Item>
    )
  }
  return (
    <div role="row">
      <div role="cell" className={classes.tools}>
        <Menu position="top-start" withinPortal>
          <Menu.Target>
            <UnstyledButton className={classes.addLane}>
              <IconPlus size={15} aria-hidden="true" /> {t('add_lane')}
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown className={classes.laneMenu}>
            {proposed.length > 0 && (
              <>
                <Menu.Label>{t('maps/board:lanes_for', { kind: t(`kind.${kind}`) })}</Menu.Label>
                {proposed.map(item)}
                <Menu.Divider />
                <Menu.Label>{t('maps/board:lanes_all')}</Menu.Label>
              </>
            )}
            {rest.map(item)}
          </Menu.Dropdown>
        </Menu>
        {hidden.length > 0 && (
          <Menu position="top-start" withinPortal>
            <Menu.Target>
              <UnstyledButton className={classes.addLane}>
                <IconEye size={15} aria-hidden="true" /> {t('hidden_lanes', { count: hidden.length })}
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown>
              {hidden.map((lane) => (
                <Menu.Item key={lane.id} onClick={() => run({ do: 'set_lane', id: lane.id, fields: { hidden: null } })}>
                  {lane.name || t(`lane.${lane.kind}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </div>
  )
}
