/** One card: quiet until touched. Touchpoint cards carry their channel, whether they are bound, and what happened there. */
import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconAsterisk, IconLink, IconSwitch3 } from '@tabler/icons-react'
import { memo, useCallback, useEffect, useRef, type KeyboardEvent } from 'react'
import { moveCardStep, stepOfCard, stepOfKey } from '@/editor/moves'
import { plainText } from '@/editor/richText'
import { directionOf } from '@/i18n/direction'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { CHANNEL_ICONS } from '@/library/channelKinds'
import { CONTENT_ICONS } from '@/library/contentKinds'
import { isCardColor } from '../cards/colors'
import { RichText } from '../cards/RichText'
import { focusPart } from '../focus'
import { useLibrary } from '../library'
import { useSelection } from '../selection'
import { useCard, useMap, useSession } from '../session'
import { TargetMarks } from '../targets/TargetMarks'
import { Marks } from '../together/Marks'
import { CardHappened } from './CardHappened'
import { CardMarks } from './CardMarks'
import { InlineText } from './InlineText'
import { OwnerMark } from './OwnerMark'
import { useDrag, useDrop, type Dragged, type Edge } from './drag'
import classes from './CardView.module.css'

export const CardView = memo(function CardView({ id, touchpointLane }: { id: string; touchpointLane: boolean }) {
  const t = useT('maps')
  const { dir } = useLocale()
  const shown = useFormats()
  const card = useCard(id)
  const { map, run, readOnly, announce } = useSession()
  const { selected, select, editing, edit } = useSelection()
  const { touchpoints, channels, contents } = useLibrary()
  const language = useMap((snapshot) => snapshot.meta.language)
  const mapDir = language === 'fa' ? 'rtl' : 'ltr'
  const box = useRef<HTMLDivElement>(null)
  const key = `card:${id}`
  const isEditing = editing === key && !readOnly
  const dragging = useDrag(box, { kind: 'card', id }, !readOnly && !isEditing)
  const onDrop = useCallback(
    (what: Dragged, edge: Edge) => {
      const at = map.card(id)
      if (!at) return
      const step = stepOfCard(map, at)
      const cell = map.part(at.stage, step, at.lane).filter((other) => other !== what.id)
      const before = edge === 'before' ? id : (cell[cell.indexOf(id) + 1] ?? null)
      run({ do: 'move_card', id: what.id, stage: at.stage, step, lane: at.lane, before })
    },
    [map, run, id],
  )
  const edge = useDrop(box, { kind: 'card', self: id, axis: 'down', enabled: !readOnly, onDrop })
  const isSelected = selected?.kind === 'card' && selected.id === id
  useEffect(() => {
    // The inspector that opens beside must not hide what it is about.
    if (isSelected) box.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [isSelected])
  if (!card) return null

  const touchpoint = card.touchpoint ? touchpoints.get(card.touchpoint) : undefined
  const channel = touchpoint?.channel ? channels.get(touchpoint.channel) : undefined
  const ChannelIcon = channel ? CHANNEL_ICONS[channel.kind] : null
  const bound = (touchpoint?.matcher?.events.length ?? 0) > 0
  const content = card.content ? contents.get(card.content) : undefined
  const ContentIcon = content ? CONTENT_ICONS[content.kind] : null
  const written = card.text || touchpoint?.name || content?.name || ''
  const text = plainText(written)
  const isTouchpoint = touchpointLane || card.touchpoint !== undefined
  const evidence = isTouchpoint ? (bound ? 'observed' : 'assumption') : card.evidence?.kind

  function onKeyDown(event: KeyboardEvent) {
    if (isEditing) return
    const step = event.altKey ? stepOfKey(event.key, dir) : null
    if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault()
      if (readOnly) select({ kind: 'card', id })
      else edit(key)
    } else if (event.key === ' ') {
      event.preventDefault()
      select({ kind: 'card', id })
    } else if (event.key === 'Delete' && !readOnly) {
      run({ do: 'delete_card', id })
      announce(t('said.card_deleted', { text }))
    } else if (step && !readOnly) {
      event.preventDefault()
      const command = moveCardStep(map, id, step)
      if (!command) return
      run(command)
      const moved = map.card(id)!
      const { stages, steps, lanes } = map.snapshot
      const inStep = steps.find((one) => one.id === stepOfCard(map, moved))
      const stage = stages.find((one) => one.id === moved.stage)?.name
      const lane = lanes.find((one) => one.id === moved.lane)!
      announce(
        t('said.card_moved', {
          text,
          stage: inStep ? t('maps/board:in_step', { stage, step: inStep.name }) : stage,
          lane: lane.name || t(`lane.${lane.kind}`),
        }),
      )
      focusPart('card', id)
    }
  }

  return (
    <div
      ref={box}
      data-card={id}
      data-evidence={evidence}
      data-touchpoint={isTouchpoint || undefined}
      data-selected={isSelected || undefined}
      data-dragging={dragging || undefined}
      data-edge={edge ?? undefined}
      data-color={isCardColor(card.color) ? card.color : undefined}
      data-truth={card.moment_of_truth || undefined}
      className={classes.card}
      dir={mapDir}
      style={card.color?.startsWith('#') ? { borderInlineStartColor: card.color, borderInlineStartWidth: 3 } : undefined}
      role="group"
      aria-roledescription={t(isTouchpoint ? 'touchpoint' : 'card')}
      aria-label={text || t('card_empty')}
      tabIndex={0}
      onClick={() => select({ kind: 'card', id })}
      onDoubleClick={() => !readOnly && edit(key)}
      onKeyDown={onKeyDown}
    >
      <div className={classes.main}>
        {isTouchpoint && (
          <Tooltip label={channel?.name ?? t('no_channel')}>
            <span className={classes.channel} data-none={ChannelIcon ? undefined : true}>
              {ChannelIcon ? <ChannelIcon size={14} aria-hidden="true" /> : <IconLink size={13} aria-hidden="true" />}
              <VisuallyHidden>{channel?.name ?? t('no_channel')}</VisuallyHidden>
            </span>
          </Tooltip>
        )}
        {ContentIcon && content && (
          <Tooltip label={t(`library:content_kind.${content.kind}`)}>
            <span className={classes.channel}>
              <ContentIcon size={14} aria-hidden="true" />
              <VisuallyHidden>{t(`library:content_kind.${content.kind}`)}</VisuallyHidden>
            </span>
          </Tooltip>
        )}
        {isEditing ? (
          <InlineText
            value={card.text}
            label={t('card_text')}
            lines
            rich
            onSave={(next) => run({ do: 'set_card', id, fields: { text: next } })}
            onClose={() => edit(null)}
          />
        ) : (
          <span className={classes.text} dir={directionOf(text, mapDir)}>
            {card.at && <span className="hs-faint hs-tabular">{shown.digits(card.at)} </span>}
            {card.emoji && <span aria-hidden="true">{card.emoji} </span>}
            {written ? <RichText text={written} /> : <span className="hs-faint">{t('card_empty')}</span>}
          </span>
        )}
        {isTouchpoint && card.need && card.need !== 'optional' && !isEditing && (
          <Tooltip label={t(`need.${card.need}`)}>
            <span className={classes.need}>
              {card.need === 'required' ? <IconAsterisk size={11} aria-hidden="true" /> : <IconSwitch3 size={13} aria-hidden="true" />}
              <VisuallyHidden>{t(`need.${card.need}`)}</VisuallyHidden>
            </span>
          </Tooltip>
        )}
        {card.owner && !isEditing && <OwnerMark owner={card.owner} />}
        {evidence && !isEditing && (
          <Tooltip label={t(isTouchpoint ? (bound ? 'bound' : 'unbound') : `evidence.${evidence}`)}>
            <span className={classes.dot} data-kind={evidence}>
              <VisuallyHidden>{t(isTouchpoint ? (bound ? 'bound' : 'unbound') : `evidence.${evidence}`)}</VisuallyHidden>
            </span>
          </Tooltip>
        )}
      </div>
      <CardMarks card={card} />
      {isTouchpoint && bound && <CardHappened card={card} />}
      {card.touchpoint && <TargetMarks scope={{ touchpoint: card.touchpoint }} />}
      <Marks part={key} />
    </div>
  )
})
