/** The map: stages across, lanes down; under a divider, what happened. Heads stay in view while scrolling both ways. */
import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import { IconColumnInsertRight, IconEye, IconPlus } from '@tabler/icons-react'
import { Fragment, useRef, useState, type CSSProperties, type ReactNode } from 'react'
import { holdsCards } from '@/editor/moves'
import type { Lane, Stage } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { LANE_KINDS, laneIcon } from '../laneKinds'
import { MeasuredLanes } from '../measured/MeasuredLanes'
import { useSelection } from '../selection'
import { useMap, useSession } from '../session'
import { Cursors } from '../together/Cursors'
import { Arrows } from './Arrows'
import { Cell } from './Cell'
import { EmotionLane, useCurves } from './EmotionLane'
import { Face } from './Face'
import { LaneHead, useLaneName } from './LaneHead'
import { LineBelow, useLinesBelow } from './LineBelow'
import { OwnerCell } from './OwnerCell'
import { StageHead } from './StageHead'
import classes from './Board.module.css'

export type Shown = 'both' | 'drawn' | 'measured'

export function Board({ shown }: { shown: Shown }) {
  const t = useT('maps')
  const stages = useMap((snapshot) => snapshot.stages)
  const lanes = useMap((snapshot) => snapshot.lanes)
  const { run, readOnly } = useSession()
  const { edit } = useSelection()
  const scroller = useRef<HTMLDivElement>(null)
  const open = lanes.filter((lane) => !lane.hidden)
  const ownersShown = open.some((lane) => lane.kind === 'owner') && shown !== 'measured'

  function addStage() {
    const [added] = run({ do: 'add_stage', name: t('new_stage') })
    if (!added) return
    edit(`stage:${added}`)
  }

  return (
    <div ref={scroller} className={`${classes.scroller} hs-scroll`} tabIndex={-1}>
      <div
        className={classes.board}
        role="table"
        aria-label={t('board')}
        style={{ '--stages': Math.max(1, stages.length) } as CSSProperties}
      >
        <div role="row" className={`${classes.row} ${classes.heads}`}>
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
          {stages.map((stage, index) => (
            <StageHead key={stage.id} stage={stage} index={index} showOwner={!ownersShown} />
          ))}
        </div>
        {shown !== 'measured' && (
          <>
            {open.map((lane) => (
              <Fragment key={lane.id}>
                <LaneRow lane={lane} stages={stages} />
                <LinesBelow lane={lane.id} />
              </Fragment>
            ))}
            {!open.some((lane) => lane.kind === 'emotion') && stages.length > 0 && <EmotionRow stages={stages} />}
            {!readOnly && <LaneTools lanes={lanes} />}
          </>
        )}
        {shown !== 'drawn' && <MeasuredLanes stages={stages} />}
        {shown !== 'measured' && <Arrows />}
        <Cursors scroller={scroller} />
      </div>
    </div>
  )
}

function LinesBelow({ lane }: { lane: string }) {
  return useLinesBelow(lane).map((line) => <LineBelow key={line.id} line={line} />)
}

function LaneRow({ lane, stages }: { lane: Lane; stages: readonly Stage[] }) {
  const t = useT('maps')
  const name = useLaneName(lane)
  if (lane.kind === 'emotion') return <EmotionRow stages={stages} lane={lane} />
  return (
    <div role="row" className={classes.row} data-kind={lane.kind}>
      <LaneHead lane={lane} />
      {stages.map((stage) => (
        <div role="cell" key={stage.id} className={classes.cell}>
          {holdsCards(lane.kind) ? (
            <Cell
              stage={stage.id}
              lane={lane.id}
              kind={lane.kind}
              label={t('add_card_to', { lane: name, stage: stage.name })}
            />
          ) : (
            <OwnerCell stage={stage} />
          )}
        </div>
      ))}
    </div>
  )
}

/** The curve stands on every map; with a lane of its own it stands where that lane stands. */
function EmotionRow({ stages, lane }: { stages: readonly Stage[]; lane?: Lane }) {
  const t = useT('maps')
  const curves = useCurves()
  const personas = useMap((snapshot) => snapshot.personas)
  const [chosen, choose] = useState<string | null | undefined>(undefined)
  const first = lane?.persona ?? curves[0] ?? null
  const persona = chosen !== undefined && curves.includes(chosen) ? chosen : first
  const scale = (
    <span className={classes.emotionScale} aria-hidden="true">
      <Face value={2} size={16} />
      <Face value={0} size={16} />
      <Face value={-2} size={16} />
    </span>
  )
  const names: ReactNode = curves.length > 1 && (
    <div className={classes.curves}>
      {curves.map((one) => (
        <UnstyledButton
          key={one ?? ''}
          className={classes.curveName}
          aria-pressed={one === persona}
          onClick={() => choose(one)}
        >
          <bdi>{one === null ? t('everyone') : personas.find((each) => each.id === one)?.name}</bdi>
        </UnstyledButton>
      ))}
    </div>
  )
  return (
    <div role="row" className={classes.row} data-kind="emotion">
      {lane ? (
        <LaneHead lane={lane}>
          {names}
          {scale}
        </LaneHead>
      ) : (
        <PlainHead kind="emotion">
          {names}
          {scale}
        </PlainHead>
      )}
      <div role="cell" className={classes.wholeRow}>
        <EmotionLane stages={stages} persona={persona} others={curves.filter((one) => one !== persona)} />
      </div>
    </div>
  )
}

export function PlainHead({ kind, children }: { kind: string; children?: ReactNode }) {
  const t = useT('maps')
  const Icon = laneIcon(kind)
  return (
    <div role="rowheader" className={classes.laneHead}>
      <div className={classes.laneLine}>
        <Icon size={16} stroke={1.6} aria-hidden="true" className={classes.laneIcon} />
        <span className={classes.laneName}>{t(`lane.${kind}`)}</span>
      </div>
      {children}
    </div>
  )
}

function LaneTools({ lanes }: { lanes: readonly Lane[] }) {
  const t = useT('maps')
  const { run } = useSession()
  const hidden = lanes.filter((lane) => lane.hidden)
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
          {LANE_KINDS.map((kind) => {
            const Icon = laneIcon(kind)
            return (
              <Menu.Item key={kind} leftSection={<Icon size={15} />} onClick={() => run({ do: 'add_lane', kind })}>
                {t(`lane.${kind}`)}
              </Menu.Item>
            )
          })}
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
