/** One card: quiet until touched. Touchpoint cards carry their channel, whether they are bound, and what happened there. */
import { IconAsterisk, IconLink, IconSwitch3 } from '@tabler/icons-react'
import { memo, useCallback, useEffect, useRef, type MouseEvent } from 'react'
import { stepOfCard } from '@/editor/moves'
import { between, nextCell } from '@/editor/reach'
import { plainText } from '@/editor/richText'
import { directionOf } from '@/i18n/direction'
import { useFormats, useT } from '@/i18n/locale'
import { CHANNEL_ICONS } from '@/library/channelKinds'
import { CONTENT_ICONS } from '@/library/contentKinds'
import { isCardColor } from '../cards/colors'
import { RichText } from '../cards/RichText'
import { CommentMark } from '../comments/CommentMark'
import { focusPart } from '../focus'
import { useLibrary } from '../library'
import { useCardState, useChoosing } from '../selection'
import { useCard, useSession } from '../session'
import { CardPictures } from '../files/CardPictures'
import { useFileDrop } from '../files/useFileDrop'
import { TargetMarks } from '../targets/TargetMarks'
import { Marks } from '../together/Marks'
import { newCardKey } from './cellKeys'
import { CardHappened } from './CardHappened'
import { CardMarks } from './CardMarks'
import { InlineText } from './InlineText'
import { OwnerMark } from './OwnerMark'
import { useCardKeys } from './useCardKeys'
import { useDropCards } from './useDropCards'
import { useDrag, useDrop, type Dragged, type Edge } from './drag'
import classes from './CardView.module.css'

/** Whether a text may need more than the three lines that a card shows of it. */
const isLong = (text: string): boolean => text.length > 60 || text.includes('\n')

export const CardView = memo(function CardView({ id, touchpointLane, mapDir }: { id: string; touchpointLane: boolean; mapDir: 'rtl' | 'ltr' }) {
  const t = useT('maps')
  const shown = useFormats()
  const card = useCard(id)
  const { map, run, readOnly, announce } = useSession()
  const { picks, select, edit, pick } = useChoosing()
  const { isSelected, isWritten } = useCardState(id)
  const { touchpoints, channels, contents, hidesBinding } = useLibrary()
  const box = useRef<HTMLDivElement>(null)
  const key = `card:${id}`
  const isEditing = isWritten && !readOnly
  const dragging = useDrag(box, { kind: 'card', id }, !readOnly && !isEditing)
  const dropCards = useDropCards()
  const onDrop = useCallback(
    (what: Dragged, edge: Edge) => {
      const at = map.card(id)
      if (!at) return
      const step = stepOfCard(map, at)
      const cell = map.part(at.stage, step, at.lane).filter((other) => other !== what.id)
      const before = edge === 'before' ? id : (cell[cell.indexOf(id) + 1] ?? null)
      dropCards(what, { stage: at.stage, step, lane: at.lane }, before)
    },
    [map, dropCards, id],
  )
  const edge = useDrop(box, { kind: 'card', self: id, axis: 'down', enabled: !readOnly, onDrop })
  useEffect(() => {
    // The inspector that opens beside must not hide what it is about.
    if (isSelected && picks.ids.size < 2) box.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [isSelected, picks])
  const named = card?.text || (card?.touchpoint && touchpoints.get(card.touchpoint)?.name) || (card?.content && contents.get(card.content)?.name) || ''
  const text = plainText(named)
  const onKeyDown = useCardKeys(id, text)
  const fileDrop = useFileDrop(id)
  if (!card) return null

  const touchpoint = card.touchpoint ? touchpoints.get(card.touchpoint) : undefined
  const channel = touchpoint?.channel ? channels.get(touchpoint.channel) : undefined
  const ChannelIcon = channel ? CHANNEL_ICONS[channel.kind] : null
  const bound = (touchpoint?.matcher?.events.length ?? 0) > 0
  const content = card.content ? contents.get(card.content) : undefined
  const ContentIcon = content ? CONTENT_ICONS[content.kind] : null
  const isTouchpoint = touchpointLane || card.touchpoint !== undefined
  const binding = hidesBinding ? undefined : bound ? 'observed' : 'assumption'
  const evidence = isTouchpoint ? binding : card.evidence?.kind

  /** Ctrl (or choosing several by touch) adds or takes away, Shift reaches from where the choice began. */
  function onClick(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || picks.together) {
      const next = new Set(picks.ids.size > 0 ? picks.ids : picks.selected ? [picks.selected] : [])
      if (!next.delete(id)) next.add(id)
      picks.anchor = id
      pick(next, id)
      announce(t('maps/cards:selected_n', { count: next.size }))
    } else if (event.shiftKey) {
      const next = between(map, picks.anchor ?? id, id)
      pick(next, id)
      announce(t('maps/cards:selected_n', { count: next.length }))
    } else {
      picks.anchor = id
      select({ kind: 'card', id })
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
      {...fileDrop}
      dir={mapDir}
      style={card.color?.startsWith('#') ? { borderInlineStartColor: card.color, borderInlineStartWidth: 3 } : undefined}
      role="group"
      aria-roledescription={t(isTouchpoint ? 'touchpoint' : 'card')}
      aria-label={text || t('card_empty')}
      tabIndex={0}
      onMouseDown={(event) => {
        // Choosing cards is not marking text between them.
        if (!event.shiftKey || isEditing) return
        event.preventDefault()
        box.current?.focus({ preventScroll: true })
      }}
      onClick={onClick}
      onDoubleClick={() => !readOnly && edit(key)}
      onKeyDown={isEditing ? undefined : onKeyDown}
    >
      <div className={classes.main}>
        {isTouchpoint && (
          <span data-tip={channel?.name ?? t('no_channel')} className={classes.channel} data-none={ChannelIcon ? undefined : true}>
              {ChannelIcon ? <ChannelIcon size={14} aria-hidden="true" /> : <IconLink size={13} aria-hidden="true" />}
              <span className="hs-unseen">{channel?.name ?? t('no_channel')}</span>
            </span>
        )}
        {ContentIcon && content && (
          <span data-tip={t(`library:content_kind.${content.kind}`)} className={classes.channel}>
              <ContentIcon size={14} aria-hidden="true" />
              <span className="hs-unseen">{t(`library:content_kind.${content.kind}`)}</span>
            </span>
        )}
        {isEditing ? (
          <InlineText
            value={card.text}
            label={t('card_text')}
            lines
            rich
            onSave={(next) => run({ do: 'set_card', id, fields: { text: next } })}
            onTab={(back) => {
              const next = nextCell(map, { stage: card.stage, step: stepOfCard(map, card), lane: card.lane }, back)
              if (next) edit(newCardKey(next))
              return next !== null
            }}
            onClose={(how) => {
              edit(null)
              if (how === 'key') focusPart('card', id)
            }}
          />
        ) : (
          <span className={classes.text} data-long={isLong(text) || undefined} dir={directionOf(text, mapDir)}>
            {card.at && <span className="hs-faint hs-tabular">{shown.digits(card.at)} </span>}
            {card.emoji && <span aria-hidden="true">{card.emoji} </span>}
            {named ? <RichText text={named} /> : <span className="hs-faint">{t('card_empty')}</span>}
          </span>
        )}
        {isTouchpoint && card.need && card.need !== 'optional' && !isEditing && (
          <span data-tip={t(`need.${card.need}`)} className={classes.need}>
              {card.need === 'required' ? <IconAsterisk size={11} aria-hidden="true" /> : <IconSwitch3 size={13} aria-hidden="true" />}
              <span className="hs-unseen">{t(`need.${card.need}`)}</span>
            </span>
        )}
        {!isEditing && <CommentMark part="card" target={id} />}
        {card.owner && !isEditing && <OwnerMark owner={card.owner} />}
        {evidence && !isEditing && (
          <span data-tip={t(isTouchpoint ? (bound ? 'bound' : 'unbound') : `evidence.${evidence}`)} className={classes.dot} data-kind={evidence}>
              <span className="hs-unseen">{t(isTouchpoint ? (bound ? 'bound' : 'unbound') : `evidence.${evidence}`)}</span>
            </span>
        )}
      </div>
      {card.files && <CardPictures files={card.files} />}
      <CardMarks card={card} />
      {isTouchpoint && bound && <CardHappened card={card} />}
      {card.touchpoint && <TargetMarks scope={{ touchpoint: card.touchpoint }} />}
      <Marks part={key} />
    </div>
  )
})
