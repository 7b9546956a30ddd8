/** The map: stages across, lanes down; under a divider, what happened. Heads stay in view while scrolling both ways. */
import { Fragment, memo, useMemo, useRef, type CSSProperties } from 'react'
import { dayWeights } from '@/editor/day'
import type { Lane } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { MeasuredLanes } from '../measured/MeasuredLanes'
import { useMap, useSession } from '../session'
import { Cursors } from '../together/Cursors'
import { Arrows } from './Arrows'
import { BoardHeads } from './BoardHeads'
import { CollapsedStages } from './CollapsedStages'
import { ColumnsProvider, LANE_WIDTH, useClientWidth, usePlacedColumns } from './columns'
import { useDayScale } from './DayAxis'
import { EmotionRow } from './EmotionRow'
import { LaneRow } from './LaneRow'
import { LaneTools } from './LaneTools'
import { LineBelow, useLinesBelow } from './LineBelow'
import { ViewTools } from './ViewTools'
import { useZoom } from './zoom'
import classes from './Board.module.css'

export type Shown = 'both' | 'drawn' | 'measured'

export const Board = memo(function Board({ shown }: { shown: Shown }) {
  const t = useT('maps')
  const scroller = useRef<HTMLDivElement>(null)
  const seen = useClientWidth(scroller)
  const zoom = useZoom(scroller)
  const stages = useMap((snapshot) => snapshot.stages)
  const kind = useMap((snapshot) => snapshot.meta.kind)
  const [scale] = useDayScale()
  const byHours = kind === 'day_in_the_life' && scale === 'hours'
  const weights = useMemo(() => (byHours ? dayWeights(stages) : undefined), [byHours, stages])
  const columns = usePlacedColumns(seen / zoom.zoom - LANE_WIDTH, weights)
  const template = columns.columns.map((column) => `${column.width}px`).join(' ')

  return (
    <ColumnsProvider columns={columns}>
      <div className={classes.place}>
        <div ref={scroller} className={`${classes.scroller} hs-scroll`} tabIndex={-1}>
          <div
            className={classes.board}
            role="table"
            aria-label={t('board')}
            data-map-kind={kind}
            style={
              {
                '--lane-width': `${LANE_WIDTH}px`, '--columns': template, minInlineSize: LANE_WIDTH + columns.width,
                ...(zoom.zoom === 1 ? {} : { zoom: zoom.zoom }),
              } as CSSProperties
            }
          >
            <Rows shown={shown} />
            <Cursors scroller={scroller} />
          </div>
        </div>
        <ViewTools zoom={zoom} fit={() => (scroller.current?.clientWidth ?? 0) / (LANE_WIDTH + columns.least)} scroller={scroller} />
      </div>
    </ColumnsProvider>
  )
})

/** By themselves, so that another size of the window draws only what stands by its width. */
const Rows = memo(function Rows({ shown }: { shown: Shown }) {
  const lanes = useMap((snapshot) => snapshot.lanes)
  const { readOnly } = useSession()
  const open = lanes.filter((lane) => !lane.hidden)
  const ownersShown = open.some((lane) => lane.kind === 'owner') && shown !== 'measured'
  return (
    <>
      <BoardHeads showOwner={!ownersShown} />
      {shown !== 'measured' && (
        <>
          {open.map((lane) => (
            <Fragment key={lane.id}>
              <Row lane={lane} />
              <LinesBelow lane={lane.id} />
            </Fragment>
          ))}
          {!open.some((lane) => lane.kind === 'emotion') && <EmotionRow />}
          {!readOnly && <LaneTools lanes={lanes} />}
        </>
      )}
      {shown !== 'drawn' && <MeasuredLanes />}
      {shown !== 'measured' && <Arrows />}
      <CollapsedStages />
    </>
  )
})

function Row({ lane }: { lane: Lane }) {
  return lane.kind === 'emotion' ? <EmotionRow lane={lane} /> : <LaneRow lane={lane} />
}

function LinesBelow({ lane }: { lane: string }) {
  return useLinesBelow(lane).map((line) => <LineBelow key={line.id} line={line} />)
}
