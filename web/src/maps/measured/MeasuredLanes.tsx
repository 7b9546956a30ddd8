/** "What happened": under the drawn lanes, in a second tone, so that nobody confuses belief and fact. */
import { Tooltip } from '@mantine/core'
import { IconArrowsRightLeft, IconClockHour4, IconPercentage, IconUsers, IconZoomQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PlacedStage } from '@/editor/columns'
import { flow } from '@/editor/layout'
import type { Stage } from '@/editor/model'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { DeviationMarks } from './DeviationMarks'
import { OpenAfter } from './OpenAfter'
import { StageNumbers } from './StageNumbers'
import { StageShare } from './StageShare'
import { useColumns } from '../board/columns'
import { useMeasured } from './context'
import board from '../board/Board.module.css'
import classes from './measured.module.css'

const HEIGHT = 76

export function MeasuredLanes() {
  const t = useT('maps')
  const { stages } = useColumns()
  const { map, pending, persons } = useMeasured()
  return (
    <div className={classes.part} data-pending={pending || undefined}>
      <div className={classes.divider} role="row">
        <span role="cell" className={classes.dividerText}>
          {t('what_happened')}
          <span className={classes.dividerHelp}>{map ? t('what_happened_help') : pending ? t('measuring') : t('not_measured')}</span>
        </span>
      </div>
      {map && (
        <>
          <Row
            icon={<IconUsers size={16} stroke={1.6} />}
            name={t('measured.instances')}
            help={t('measured.instances_help')}
            drawing={<Persons stages={stages} />}
          >
            <StageCells under>{(stage) => <StageNumbers stage={stage} />}</StageCells>
          </Row>
          <Row
            icon={<IconPercentage size={16} stroke={1.6} />}
            name={t('measured.share')}
            help={t('measured.share_help')}
          >
            <StageCells>{(stage) => <StageShare stage={stage} />}</StageCells>
          </Row>
          <Row icon={<IconClockHour4 size={16} stroke={1.6} />} name={t('measured.time')} help={t('measured.time_help')}>
            <Times stages={stages} />
          </Row>
          {persons && (
            <>
              <Row
                icon={<IconArrowsRightLeft size={16} stroke={1.6} />}
                name={t('measured.deviations')}
                help={t('measured.deviations_help')}
              >
                <StageCells>{(stage) => <DeviationMarks stage={stage} />}</StageCells>
              </Row>
              <Row
                icon={<IconZoomQuestion size={16} stroke={1.6} />}
                name={t('measured.open_after')}
                help={t('measured.open_after_help')}
              >
                <StageCells>{(stage) => <OpenAfter stage={stage} />}</StageCells>
              </Row>
            </>
          )}
        </>
      )}
    </div>
  )
}

function Row(props: { icon: ReactNode; name: string; help: string; drawing?: ReactNode; children: ReactNode }) {
  return (
    <div role="row" className={`${board.row} ${classes.row}`} data-drawing={props.drawing ? true : undefined}>
      <div role="rowheader" className={`${board.laneHead} ${classes.head}`}>
        <Tooltip label={props.help} position="bottom-start">
          <div className={board.laneLine} tabIndex={0}>
            <span className={board.laneIcon} aria-hidden="true">
              {props.icon}
            </span>
            <span className={board.laneName}>{props.name}</span>
          </div>
        </Tooltip>
      </div>
      {props.drawing && <div className={classes.drawing}>{props.drawing}</div>}
      {props.children}
    </div>
  )
}

/** A cell for each stage, as wide as all its columns; a collapsed one has no room for numbers. */
function StageCells({ under = false, children }: { under?: boolean; children: (stage: Stage) => ReactNode }) {
  const { stages } = useColumns()
  return stages.map(({ stage, columns }) => (
    <div
      role="cell"
      key={stage.id}
      className={classes.cell}
      data-under={under || undefined}
      style={{ gridColumn: `span ${columns.length}` }}
    >
      {!stage.collapsed && children(stage)}
    </div>
  ))
}

/** The bar that narrows as people leave. All blocks hang from one line, so the lower edge tells the loss. */
function Persons({ stages }: { stages: readonly PlacedStage[] }) {
  const { dir } = useLocale()
  const { width } = useColumns()
  const { map, stages: numbers } = useMeasured()
  const parts = stages.map(({ stage }) => numbers.get(stage.id) ?? { entered: 0, went_on: 0, still_open: 0, left: 0 })
  const { blocks, bands } = flow(parts, stages, map?.whole.begun ?? 0, HEIGHT)
  return (
    <div className={classes.flow} style={{ blockSize: HEIGHT }} aria-hidden="true">
      <svg
        viewBox={`0 0 ${Math.max(1, width)} ${HEIGHT}`}
        preserveAspectRatio="none"
        className={classes.bands}
        style={dir === 'rtl' ? { transform: 'scaleX(-1)' } : undefined}
      >
        {bands.map((band, index) => (
          <path key={index} d={band} />
        ))}
      </svg>
      {blocks.map((block, index) => (
        <div
          key={stages[index]!.stage.id}
          className={classes.block}
          style={{ insetInlineStart: block.along, inlineSize: block.width }}
        >
          <span className={classes.wentOn} style={{ blockSize: block.wentOn }} />
          <span className={classes.stillOpen} style={{ blockSize: block.stillOpen }} />
          <span className={classes.left} style={{ blockSize: block.left }} />
        </div>
      ))}
    </div>
  )
}

/** The median way from one stage to the next, as connectors between them. */
function Times({ stages }: { stages: readonly PlacedStage[] }) {
  const t = useT('maps')
  const shown = useFormats()
  const { stages: numbers } = useMeasured()
  return (
    <div role="cell" className={classes.times}>
      {stages.slice(0, -1).map(({ stage, along, width }, index) => {
        const found = numbers.get(stage.id)
        const seconds = found?.median_seconds_to_next ?? null
        const text = seconds === null ? t('ui:no_data') : shown.duration(seconds)
        const next = stages[index + 1]!
        return (
          <div
            key={stage.id}
            className={classes.time}
            style={{ insetInlineStart: along + width / 2, inlineSize: next.along + next.width / 2 - along - width / 2 }}
          >
            <span className={classes.timeLine} aria-hidden="true" />
            <Tooltip label={t('measured.time_of', { from: stage.name, to: next.stage.name, n: found?.n_time ?? 0 })}>
              <span className={`${classes.timeText} hs-tabular`} tabIndex={0} data-none={seconds === null || undefined}>
                {text}
                {found && seconds !== null && <span className={classes.small}>{t('ui:n_is', { n: found.n_time })}</span>}
              </span>
            </Tooltip>
          </div>
        )
      })}
    </div>
  )
}
