/** The map told stage by stage, on the whole screen: one stage at a time, its cards large, and where on the curve it stands. */
import { ActionIcon, Modal, Select, VisuallyHidden } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { curveDownAt, curvePath, emotionDown } from '@/editor/layout'
import { emotionKey, type Lane, type Stage } from '@/editor/model'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { Logo } from '@/shell/style/Logo'
import { useStyle } from '@/shell/style/Styled'
import { useChosenCurve, useCurves, type Curve } from '../board/curves'
import { Face } from '../board/Face'
import { useLaneName } from '../board/LaneHead'
import { RichText } from '../cards/RichText'
import { CardPictures } from '../files/CardPictures'
import { laneIcon } from '../laneKinds'
import { useLibrary } from '../library'
import { useCard, useCell, useMap } from '../session'
import { lanesShown, placeOfKey, type Whose } from './walk'
import classes from './Presentation.module.css'

const TEAM = 'team'

export function Presentation({ from, onClose }: { from: string | null; onClose: () => void }) {
  const t = useT('maps/present')
  const shown = useFormats()
  const { dir } = useLocale()
  const stages = useMap((snapshot) => snapshot.stages)
  const steps = useMap((snapshot) => snapshot.steps)
  const lanes = useMap((snapshot) => snapshot.lanes)
  const title = useMap((snapshot) => snapshot.meta.title)
  const logo = useStyle()?.logo
  const curves = useCurves()
  const [walk, setWalk] = useState<string>(TEAM)
  const [place, setPlace] = useState(() => Math.max(0, stages.findIndex((stage) => stage.id === from)))
  const chosen = useChosenCurve(curves, walk === TEAM ? undefined : walk.slice('as:'.length) || null, undefined)
  const stageBox = useRef<HTMLDivElement>(null)
  const whose: Whose = walk === TEAM ? 'team' : 'customer'
  const at = Math.min(place, stages.length - 1)
  const stage = stages[at]

  // The whole screen where the browser lets us; the window where it does not.
  useEffect(() => {
    const done = document.documentElement.requestFullscreen?.().then(() => true, () => false)
    const onChange = () => {
      if (!document.fullscreenElement) onClose()
    }
    let full = false
    void done?.then((entered) => {
      full = entered
      if (entered) document.addEventListener('fullscreenchange', onChange)
    })
    return () => {
      document.removeEventListener('fullscreenchange', onChange)
      if (full && document.fullscreenElement) void document.exitFullscreen()
    }
  }, [onClose])
  useEffect(() => {
    if (stageBox.current) stageBox.current.scrollTop = 0
  }, [at])

  function onKeyDown(event: KeyboardEvent) {
    // A field has its own arrows, and a button its own space.
    if (event.target instanceof HTMLElement && event.target.closest(event.key === ' ' ? 'input,button,[role=listbox]' : 'input,[role=listbox]')) return
    const next = placeOfKey(event.key, event.shiftKey, at, stages.length, dir)
    if (next === null) return
    event.preventDefault()
    setPlace(next)
  }

  if (!stage) return null
  const own = steps.filter((step) => step.stage === stage.id)
  const parts = lanesShown(lanes, whose)
  return (
    <Modal.Root opened onClose={onClose} fullScreen transitionProps={{ duration: 0 }}>
      <Modal.Content className={classes.screen} aria-label={t('label', { title })} dir={dir}>
        <Modal.Body className={classes.body} onKeyDown={onKeyDown}>
          <div className={classes.top}>
            {logo && <Logo logo={logo} height={34} />}
            <span className={classes.title}>
              <bdi>{title}</bdi>
            </span>
            <Select
              size="xs"
              className={classes.walk}
              aria-label={t('walk.label')}
              data={[
                { value: TEAM, label: t('walk.team') },
                ...curves.map((curve) => ({ value: `as:${curve.persona ?? ''}`, label: curve.persona === null ? t('walk.customer') : t('walk.as', { name: curve.name }) })),
              ]}
              value={walk}
              onChange={(next) => next && setWalk(next)}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
            <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t('end')} title="Esc">
              <IconX size={18} />
            </ActionIcon>
          </div>
          <div className={`${classes.stage} hs-scroll`} ref={stageBox} tabIndex={0} data-autofocus role="region" aria-label={stage.name}>
            <div className={classes.heading}>
              <span className={`${classes.number} hs-tabular`} aria-hidden="true">
                {shown.num(at + 1)}
              </span>
              <h2 className={classes.name}>
                <bdi>{stage.name}</bdi>
              </h2>
              <StageFeeling stage={stage} curve={chosen} />
            </div>
            {stage.description && <p className={`${classes.about} hs-plain`}>{stage.description}</p>}
            {own.length > 0 && (
              <ol className={classes.steps} aria-label={t('steps')}>
                {own.map((step) => (
                  <li key={step.id}>
                    <bdi>{step.name}</bdi>
                  </li>
                ))}
              </ol>
            )}
            <div className={classes.lanes}>
              {parts.map((lane) => (
                <LanePart key={lane.id} lane={lane} stage={stage.id} />
              ))}
            </div>
          </div>
          <div className={classes.foot}>
            <ActionIcon variant="default" size="lg" disabled={at === 0} onClick={() => setPlace(at - 1)} aria-label={t('previous')}>
              <IconChevronLeft size={20} className="hs-mirror" />
            </ActionIcon>
            <Way stages={stages} at={at} curve={chosen} onGo={setPlace} />
            <ActionIcon variant="default" size="lg" disabled={at === stages.length - 1} onClick={() => setPlace(at + 1)} aria-label={t('next')}>
              <IconChevronRight size={20} className="hs-mirror" />
            </ActionIcon>
          </div>
          <VisuallyHidden role="status" aria-live="polite">
            {t('now', { name: stage.name, place: shown.num(at + 1), of: shown.num(stages.length) })}
          </VisuallyHidden>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function StageFeeling({ stage, curve }: { stage: Stage; curve: Curve }) {
  const t = useT('maps')
  const point = useMap((snapshot) => snapshot.emotions.get(emotionKey(curve.persona, stage.id)))
  if (!point) return null
  return (
    <span className={classes.feeling}>
      <Face value={point.value} size={34} /> {t(`emotion.${Math.round(point.value)}`)}
    </span>
  )
}

function LanePart({ lane, stage }: { lane: Lane; stage: string }) {
  const name = useLaneName(lane)
  const ids = useCell(stage, lane.id)
  const Icon = laneIcon(lane.kind)
  if (ids.length === 0) return null
  return (
    <section className={classes.lane} aria-label={name}>
      <h3 className={classes.laneName}>
        <Icon size={18} aria-hidden="true" /> {name}
      </h3>
      {ids.map((id) => (
        <PresentedCard key={id} id={id} />
      ))}
    </section>
  )
}

function PresentedCard({ id }: { id: string }) {
  const card = useCard(id)
  const { touchpoints, contents } = useLibrary()
  if (!card) return null
  return (
    <div className={classes.card} dir="auto">
      <div className={classes.text}>
        {card.emoji && <span aria-hidden="true">{card.emoji} </span>}
        <RichText text={card.text || (card.touchpoint && touchpoints.get(card.touchpoint)?.name) || (card.content && contents.get(card.content)?.name) || ''} />
      </div>
      {card.files && <CardPictures files={card.files} />}
    </div>
  )
}

const COLUMN = 100
const HEIGHT = 56
const MARGIN = 12

/** The curve small, with the place where we are; each stage can be pressed. */
function Way({ stages, at, curve, onGo }: { stages: readonly Stage[]; at: number; curve: Curve; onGo: (place: number) => void }) {
  const t = useT('maps/present')
  const { dir } = useLocale()
  const emotions = useMap((snapshot) => snapshot.emotions)
  const points = stages.flatMap((stage, index) => {
    const point = emotions.get(emotionKey(curve.persona, stage.id))
    return point ? [{ along: (index + 0.5) * COLUMN, down: emotionDown(point.value, HEIGHT, MARGIN) }] : []
  })
  const middle = emotionDown(0, HEIGHT, MARGIN)
  const width = stages.length * COLUMN
  return (
    <div className={classes.way} role="group" aria-label={t('way')}>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className={classes.curve}
        style={dir === 'rtl' ? { transform: 'scaleX(-1)' } : undefined}
      >
        <line x1="0" x2={width} y1={middle} y2={middle} className={classes.middle} />
        <path d={curvePath(points)} className={classes.line} />
      </svg>
      {stages.map((stage, index) => (
        <button
          key={stage.id}
          type="button"
          className={classes.stop}
          aria-label={stage.name}
          aria-current={index === at ? 'step' : undefined}
          title={stage.name}
          onClick={() => onGo(index)}
        >
          <span
            className={classes.dot}
            style={{ insetBlockStart: curveDownAt(points, (index + 0.5) * COLUMN) ?? middle }}
            aria-hidden="true"
          />
        </button>
      ))}
    </div>
  )
}
