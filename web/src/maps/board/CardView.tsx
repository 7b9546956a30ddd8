/** One card: quiet until touched. Touchpoint cards carry their channel, whether they are bound, and what happened there. */
import { Tooltip, VisuallyHidden } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconAsterisk,
  IconClockExclamation,
  IconLink,
  IconPlus,
  IconSwitch3,
  IconUserMinus,
} from '@tabler/icons-react'
import { memo, useCallback, useEffect, useRef, type KeyboardEvent } from 'react'
import { moveCardStep, stepOfKey } from '@/editor/moves'
import type { Card } from '@/editor/model'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { CHANNEL_ICONS } from '@/library/channelKinds'
import { CONTENT_ICONS } from '@/library/contentKinds'
import { useMeasured } from '../measured/context'
import { focusPart } from '../focus'
import { useSelection } from '../selection'
import { useCard, useMap, useSession } from '../session'
import { useLibrary } from '../library'
import { Marks } from '../together/Marks'
import { InlineText } from './InlineText'
import { useDrag, useDrop, type Dragged, type Edge } from './drag'
import classes from './CardView.module.css'

export const CardView = memo(function CardView({ id, touchpointLane }: { id: string; touchpointLane: boolean }) {
  const t = useT('maps')
  const { dir } = useLocale()
  const card = useCard(id)
  const { map, run, readOnly, announce } = useSession()
  const { selected, select, editing, edit } = useSelection()
  const { touchpoints, channels, contents } = useLibrary()
  const language = useMap((snapshot) => snapshot.meta.language)
  const box = useRef<HTMLDivElement>(null)
  const key = `card:${id}`
  const isEditing = editing === key && !readOnly
  const dragging = useDrag(box, { kind: 'card', id }, !readOnly && !isEditing)
  const onDrop = useCallback(
    (what: Dragged, edge: Edge) => {
      const at = map.card(id)
      if (!at) return
      const cell = map.cell(at.stage, at.lane).filter((other) => other !== what.id)
      const before = edge === 'before' ? id : (cell[cell.indexOf(id) + 1] ?? null)
      run({ do: 'move_card', id: what.id, stage: at.stage, lane: at.lane, before })
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
  const text = card.text || touchpoint?.name || content?.name || ''
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
      const { stages, lanes } = map.snapshot
      const lane = lanes.find((one) => one.id === moved.lane)!
      announce(
        t('said.card_moved', {
          text,
          stage: stages.find((one) => one.id === moved.stage)?.name,
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
      data-selected={isSelected || undefined}
      data-dragging={dragging || undefined}
      data-edge={edge ?? undefined}
      className={classes.card}
      dir={language === 'fa' ? 'rtl' : 'ltr'}
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
            onSave={(next) => run({ do: 'set_card', id, fields: { text: next } })}
            onClose={() => edit(null)}
          />
        ) : (
          <span className={classes.text} dir="auto">
            {card.emoji && <span aria-hidden="true">{card.emoji} </span>}
            {text || <span className="hs-faint">{t('card_empty')}</span>}
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
        {evidence && !isEditing && (
          <Tooltip label={t(isTouchpoint ? (bound ? 'bound' : 'unbound') : `evidence.${evidence}`)}>
            <span className={classes.dot} data-kind={evidence}>
              <VisuallyHidden>{t(isTouchpoint ? (bound ? 'bound' : 'unbound') : `evidence.${evidence}`)}</VisuallyHidden>
            </span>
          </Tooltip>
        )}
      </div>
      {isTouchpoint && bound && <Happened card={card} />}
      <Marks part={key} />
    </div>
  )
})

/** What the paths say about this touchpoint: how many came, and the deviations as small counted marks. */
function Happened({ card }: { card: Card }) {
  const t = useT('maps')
  const shown = useFormats()
  const { map, cards, adHocFrom } = useMeasured()
  const found = cards.get(card.id)
  if (!map || !found) return null
  const missing = found.deviations.missing?.instances ?? 0
  const group = card.need === 'any_of' ? map.groups.find((one) => one.cards.includes(card.id) && one.cards[0] === card.id) : undefined
  const adHoc = adHocFrom.get(card.id) ?? []
  const share = found.share_of_persons.value
  const marks = [
    { key: 'missing', n: missing + (group?.missing?.instances ?? 0), icon: IconUserMinus },
    { key: 'out_of_sequence', n: found.deviations.out_of_sequence.instances, icon: IconArrowBackUp },
    { key: 'failing', n: found.deviations.failing?.instances ?? 0, icon: IconAlertTriangle },
    { key: 'late', n: found.deviations.late?.instances ?? 0, icon: IconClockExclamation },
    { key: 'ad_hoc', n: adHoc.length, icon: IconPlus },
  ].filter((mark) => mark.n > 0)
  return (
    <div className={classes.happened}>
      <Tooltip label={t('touchpoint_share_help', { n: found.share_of_persons.n })}>
        <span className={`${classes.persons} hs-tabular`}>
          <span className={classes.bar} aria-hidden="true">
            <span style={{ inlineSize: `${(share ?? 0) * 100}%` }} />
          </span>
          {found.persons === 0 ? t('never_reached') : shown.compact(found.persons)}
          {share !== null && found.persons > 0 && <span className="hs-faint"> · {shown.percent(share)}</span>}
        </span>
      </Tooltip>
      <span className={classes.marks}>
        {marks.map(({ key, n, icon: Icon }) => (
          <Tooltip key={key} label={t(`mark.${key}`, { count: n })}>
            <span className={`${classes.mark} hs-tabular`} data-kind={key}>
              <Icon size={11} aria-hidden="true" className={key === 'out_of_sequence' ? 'hs-mirror' : undefined} />
              <span aria-hidden="true">{shown.compact(n)}</span>
              <VisuallyHidden>{t(`mark.${key}`, { count: n })}</VisuallyHidden>
            </span>
          </Tooltip>
        ))}
      </span>
    </div>
  )
}
