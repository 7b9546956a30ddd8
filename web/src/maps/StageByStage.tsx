/** The map on a narrow screen: one stage at a time, its lanes under one another, and what happened in it. */
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { columnsOf } from '@/editor/columns'
import { emotionKey, type Lane, type Stage, type Step } from '@/editor/model'
import { holdsCards } from '@/editor/moves'
import { useFormats, useT } from '@/i18n/locale'
import { Cell } from './board/Cell'
import { useChosenCurve, useCurves } from './board/curves'
import { CurveChips } from './board/EmotionRow'
import { EmotionFaces } from './board/EmotionFaces'
import { useLaneName } from './board/LaneHead'
import { OwnerCell } from './board/OwnerCell'
import { laneIcon } from './laneKinds'
import { DeviationMarks } from './measured/DeviationMarks'
import { OpenAfter } from './measured/OpenAfter'
import { SplitBar } from './measured/SplitBar'
import { StageNumbers } from './measured/StageNumbers'
import { StageShare } from './measured/StageShare'
import { useMeasured } from './measured/context'
import { useSelection } from './selection'
import { useMap } from './session'
import classes from './StageByStage.module.css'

export function StageByStage() {
  const t = useT('maps')
  const shown = useFormats()
  const stages = useMap((snapshot) => snapshot.stages)
  const lanes = useMap((snapshot) => snapshot.lanes)
  const { selected, select } = useSelection()
  const cards = useMap((snapshot) => snapshot.cards)
  const wanted = selected?.kind === 'stage' ? selected.id : selected?.kind === 'card' ? cards.get(selected.id)?.stage : undefined
  const [at, setAt] = useState<string | null>(wanted ?? null)
  const index = Math.max(0, stages.findIndex((stage) => stage.id === at))
  const stage = stages[index]!
  const tabs = useRef<HTMLDivElement>(null)
  useEffect(() => {
    tabs.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [stage.id])
  const open = lanes.filter((lane) => !lane.hidden)

  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={index === 0}
          onClick={() => setAt(stages[index - 1]!.id)}
          aria-label={t('previous_stage')}
        >
          <IconChevronLeft size={18} className="hs-mirror" />
        </ActionIcon>
        <div className={`${classes.tabs} hs-scroll`} role="tablist" aria-label={t('stages')} ref={tabs}>
          {stages.map((one, place) => (
            <button
              key={one.id}
              type="button"
              role="tab"
              aria-selected={one.id === stage.id}
              data-stage-tab={one.id}
              className={classes.tab}
              onClick={() => setAt(one.id)}
            >
              <span className="hs-tabular">{shown.num(place + 1)}</span> <bdi>{one.name}</bdi>
            </button>
          ))}
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={index === stages.length - 1}
          onClick={() => setAt(stages[index + 1]!.id)}
          aria-label={t('next_stage')}
        >
          <IconChevronRight size={18} className="hs-mirror" />
        </ActionIcon>
      </div>
      <div role="tabpanel" aria-label={stage.name} className={classes.stage}>
        <UnstyledButton className={classes.name} onClick={() => select({ kind: 'stage', id: stage.id })}>
          <bdi>{stage.name}</bdi>
        </UnstyledButton>
        {stage.description && <p className={`${classes.about} hs-plain`}>{stage.description}</p>}
        <StageHappened stage={stage} next={stages[index + 1]} />
        {open.map((lane) => (
          <LanePart key={lane.id} lane={lane} stage={stage} />
        ))}
        {!open.some((lane) => lane.kind === 'emotion') && <EmotionPart stage={stage} />}
      </div>
    </div>
  )
}

function LanePart({ lane, stage }: { lane: Lane; stage: Stage }) {
  const t = useT('maps')
  const name = useLaneName(lane)
  const Icon = laneIcon(lane.kind)
  const columns = useStageColumns(stage)
  if (lane.kind === 'emotion') return <EmotionPart stage={stage} own={lane.persona} />
  return (
    <section className={classes.part}>
      <h2 className={classes.partName}>
        <Icon size={15} aria-hidden="true" /> {name}
      </h2>
      {holdsCards(lane.kind) ? (
        columns.map(({ key, step }, index) => {
          const place = step ? t('maps/board:in_step', { stage: stage.name, step: step.name }) : stage.name
          return (
            <div key={key}>
              {step && <h3 className={classes.stepName}>{step.name}</h3>}
              <Cell stage={stage.id} step={step?.id ?? null} lane={lane.id} kind={lane.kind} first={index === 0} label={t('add_card_to', { lane: name, stage: place })} />
            </div>
          )
        })
      ) : (
        <OwnerCell stage={stage} />
      )}
    </section>
  )
}

/** Here a collapsed stage is open: it is the only one on the screen. */
function useStageColumns(stage: Stage) {
  const steps = useMap((snapshot) => snapshot.steps)
  return columnsOf([{ ...stage, collapsed: false }], steps)
}

function EmotionPart({ stage, own }: { stage: Stage; own?: string }) {
  const t = useT('maps')
  const curves = useCurves()
  const [wanted, choose] = useState<string | null | undefined>(undefined)
  const chosen = useChosenCurve(curves, wanted, own)
  const columns = useStageColumns(stage)
  const Icon = laneIcon('emotion')
  return (
    <section className={classes.part}>
      <h2 className={classes.partName}>
        <Icon size={15} aria-hidden="true" /> {t('lane.emotion')}
      </h2>
      <CurveChips curves={curves} chosen={chosen} onChoose={choose} />
      {columns.map(({ key, step }) => (
        <Faces key={key} persona={chosen.persona} stage={stage} step={step} />
      ))}
    </section>
  )
}

function Faces({ persona, stage, step }: { persona: string | null; stage: Stage; step: Step | null }) {
  const t = useT('maps')
  const key = emotionKey(persona, stage.id, step?.id)
  const point = useMap((snapshot) => snapshot.emotions.get(key))
  const { select } = useSelection()
  const place = step ? t('maps/board:in_step', { stage: stage.name, step: step.name }) : stage.name
  return (
    <>
      {step && <h3 className={classes.stepName}>{step.name}</h3>}
      <EmotionFaces persona={persona} stage={stage.id} step={step?.id} label={t('emotion_of', { stage: place })} />
      {point && (
        <UnstyledButton className={classes.note} onClick={() => select({ kind: 'emotion', id: key })}>
          <bdi>{point.note ?? t('maps/board:emotion_note_ask')}</bdi>
        </UnstyledButton>
      )}
    </>
  )
}

function StageHappened({ stage, next }: { stage: Stage; next: Stage | undefined }) {
  const t = useT('maps')
  const shown = useFormats()
  const { map, stages } = useMeasured()
  const found = stages.get(stage.id)
  if (!map || !found) return null
  return (
    <section className={classes.happened} aria-label={t('what_happened')}>
      <h2 className={classes.happenedName}>{t('what_happened')}</h2>
      <SplitBar stage={found} of={map.whole.begun} />
      <StageNumbers stage={stage} />
      <dl className={classes.facts}>
        <dt>{t('measured.share')}</dt>
        <dd>
          <StageShare stage={stage} />
        </dd>
        {next && (
          <>
            <dt>{t('measured.time')}</dt>
            <dd className="hs-tabular">
              {found.median_seconds_to_next === null ? t('ui:no_data') : shown.duration(found.median_seconds_to_next)}{' '}
              <span className="hs-faint">{t('ui:n_is', { n: found.n_time })}</span>
            </dd>
          </>
        )}
        <dt>{t('measured.deviations')}</dt>
        <dd>
          <DeviationMarks stage={stage} />
        </dd>
        <dt>{t('measured.open_after')}</dt>
        <dd>
          <OpenAfter stage={stage} />
        </dd>
      </dl>
    </section>
  )
}
