/** A step's work stage by stage: each stage with its own fields, and a way to its place on the board. */
import { ActionIcon, TextInput, UnstyledButton } from '@mantine/core'
import { IconFocusCentered, IconPlus } from '@tabler/icons-react'
import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { examplesFor } from '@/editor/guide/examples'
import { openLane } from '@/editor/reading'
import { plainText } from '@/editor/richText'
import type { Stage } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { useChosenCurve, useCurves } from '../board/curves'
import { EmotionFaces } from '../board/EmotionFaces'
import { useTouchpointNamed } from '../library'
import { useCardsOf, useMap, useSession } from '../session'
import { useGuide } from './context'
import classes from './guide.module.css'

/** `kind` is the lane that the button shows; without it the stage's head. */
export function EachStage({ kind, children }: { kind?: string; children: (stage: Stage, index: number) => ReactNode }) {
  const t = useT('maps/guide')
  const shown = useFormats()
  const stages = useMap((snapshot) => snapshot.stages)
  const { showStage } = useGuide()
  return stages.map((stage, index) => (
    <section key={stage.id} className={classes.stage} aria-label={stage.name}>
      <h4 className={classes.stageName}>
        <span>
          <span className="hs-faint hs-tabular">{shown.num(index + 1)}</span> <bdi>{stage.name}</bdi>
        </span>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('show', { stage: stage.name })} onClick={() => showStage(stage.id, kind)}>
          <IconFocusCentered size={15} />
        </ActionIcon>
      </h4>
      {children(stage, index)}
    </section>
  ))
}

/** The cards of one kind in a stage, a field for the next one, and examples to begin with. */
export function CardsField({ stage, index, kind, fields, label }: {
  stage: Stage
  index: number
  kind: string
  /** What each new card also says of itself. */
  fields?: Record<string, unknown>
  label?: string
}) {
  const t = useT('maps/guide')
  const { map, run, readOnly, announce } = useSession()
  const { showCard, trade } = useGuide()
  const stages = useMap((snapshot) => snapshot.stages)
  const cards = useCardsOf(stage.id, kind)
  const named = useTouchpointNamed()
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const examples = trade && cards.length === 0 ? examplesFor(trade, stages, index, kind).slice(0, 2) : []
  const name = label ?? t('add_to', { what: t(`maps:lane.${kind}`), stage: stage.name })

  function add(event: FormEvent) {
    event.preventDefault()
    const clean = text.trim()
    if (!clean) return
    const { lane, commands } = openLane(map.snapshot, kind)
    const touchpoint = kind === 'touchpoints' ? named(clean) : undefined
    run([...commands, { do: 'add_card', stage: stage.id, lane, text: clean, ...(touchpoint ? { touchpoint } : {}), ...fields }])
    announce(`${name}: ${clean}`)
    setText('')
  }

  return (
    <div>
      {cards.length > 0 && (
        <ul className={classes.cards}>
          {cards.map((card) => (
            <li key={card.id}>
              <UnstyledButton className={classes.card} aria-label={t('show_card', { text: card.text })} onClick={() => showCard(card.id)}>
                <bdi>{plainText(card.text) || t('maps:card_empty')}</bdi>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <form onSubmit={add}>
          <TextInput
            ref={input}
            size="xs"
            aria-label={name}
            placeholder={t(`maps:ask.${kind}`)}
            value={text}
            maxLength={5000}
            classNames={{ input: 'hs-plain' }}
            onChange={(event) => setText(event.currentTarget.value)}
            rightSection={
              <ActionIcon type="submit" variant="subtle" size="sm" aria-label={`${t('add')}: ${name}`} disabled={!text.trim()}>
                <IconPlus size={15} />
              </ActionIcon>
            }
          />
        </form>
      )}
      {!readOnly && examples.length > 0 && (
        <div className={classes.examples}>
          <span className="hs-faint">{t('examples')}:</span>
          {examples.map((one) => (
            <UnstyledButton
              key={one}
              className={classes.example}
              aria-label={t('use_example', { text: one })}
              onClick={() => {
                setText(one)
                input.current?.focus()
              }}
            >
              <bdi>{one}</bdi>
            </UnstyledButton>
          ))}
        </div>
      )}
    </div>
  )
}

/** How a stage feels to the customer whose curve the map has first. */
export function StageFeeling({ stage, label }: { stage: Stage; label?: string }) {
  const t = useT('maps')
  const curve = useChosenCurve(useCurves(), undefined, undefined)
  return <EmotionFaces persona={curve.persona} stage={stage.id} label={label ?? t('emotion_of', { stage: stage.name })} />
}

/** What to ask at a step, one question a line. */
export function Questions({ step }: { step: string }) {
  const t = useT('maps/guide')
  return (
    <div className={classes.questions}>
      <h4 className={classes.small}>{t('ask')}</h4>
      <ul>
        {t(`questions.${step}`)
          .split('\n')
          .map((question) => (
            <li key={question}>{question}</li>
          ))}
      </ul>
    </div>
  )
}
