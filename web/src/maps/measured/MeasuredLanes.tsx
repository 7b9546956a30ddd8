/** "What happened": under the drawn lanes, in a second tone, so that nobody confuses belief and fact. */
import { Tooltip } from '@mantine/core'
import { IconArrowsRightLeft, IconClockHour4, IconPercentage, IconUsers, IconZoomQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { flow } from '@/editor/layout'
import type { Stage } from '@/editor/model'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { DeviationMarks } from './DeviationMarks'
import { OpenAfter } from './OpenAfter'
import { StageNumbers } from './StageNumbers'
import { StageShare } from './StageShare'
import { useMeasured } from './context'
import board from '../board/Board.module.css'
import classes from './measured.module.css'

const HEIGHT = 76
const COLUMN = 100

export function MeasuredLanes({ stages }: { stages: readonly Stage[] }) {
  const t = useT('maps')
  const { map, pending } = useMeasured()
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
            {stages.map((stage) => (
              <div role="cell" key={stage.id} className={classes.cell} data-under>
                <StageNumbers stage={stage} />
              </div>
            ))}
          </Row>
          <Row
            icon={<IconPercentage size={16} stroke={1.6} />}
            name={t('measured.share')}
            help={t('measured.share_help')}
          >
            {stages.map((stage) => (
              <div role="cell" key={stage.id} className={classes.cell}>
                <StageShare stage={stage} />
              </div>
            ))}
          </Row>
          <Row icon={<IconClockHour4 size={16} stroke={1.6} />} name={t('measured.time')} help={t('measured.time_help')}>
            <Times stages={stages} />
          </Row>
          <Row
            icon={<IconArrowsRightLeft size={16} stroke={1.6} />}
            name={t('measured.deviations')}
            help={t('measured.deviations_help')}
          >
            {stages.map((stage) => (
              <div role="cell" key={stage.id} className={classes.cell}>
                <DeviationMarks stage={stage} />
              </div>
            ))}
          </Row>
          <Row
            icon={<IconZoomQuestion size={16} stroke={1.6} />}
            name={t('measured.open_after')}
            help={t('measured.open_after_help')}
          >
            {stages.map((stage) => (
              <div role="cell" key={stage.id} className={classes.cell}>
                <OpenAfter stage={stage} />
              </div>
            ))}
          </Row>
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

/** The bar that narrows as people leave. All blocks hang from one line, so the lower edge tells the loss. */
function Persons({ stages }: { stages: readonly Stage[] }) {
  const { dir } = useLocale()
  const { map, stages: numbers } = useMeasured()
  const parts = stages.map((stage) => numbers.get(stage.id) ?? { entered: 0, went_on: 0, still_open: 0, left: 0 })
  const width = stages.length * COLUMN
  const { blocks, bands } = flow(parts, map?.whole.begun ?? 0, width, HEIGHT)
  const inline = (along: number) => `${(along / width) * 100}%`
  return (
    <div className={classes.flow} style={{ blockSize: HEIGHT }} aria-hidden="true">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
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
          key={stages[index]!.id}
          className={classes.block}
          style={{ insetInlineStart: inline(block.along), inlineSize: inline(block.width) }}
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
function Times({ stages }: { stages: readonly Stage[] }) {
  const t = useT('maps')
  const shown = useFormats()
  const { stages: numbers } = useMeasured()
  return (
    <div role="cell" className={classes.times}>
      {stages.slice(0, -1).map((stage, index) => {
        const found = numbers.get(stage.id)
        const seconds = found?.median_seconds_to_next ?? null
        const text = seconds === null ? t('ui:no_data') : shown.duration(seconds)
        return (
          <div
            key={stage.id}
            className={classes.time}
            style={{ insetInlineStart: `${((index + 0.5) / stages.length) * 100}%`, inlineSize: `${100 / stages.length}%` }}
          >
            <span className={classes.timeLine} aria-hidden="true" />
            <Tooltip label={t('measured.time_of', { from: stage.name, to: stages[index + 1]!.name, n: found?.n_time ?? 0 })}>
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
