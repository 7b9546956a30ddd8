/** Writing new cards in a cell: Enter for the next one, Tab on to the next cell; several pasted lines are several cards. */
import { type ClipboardEvent } from 'react'
import { CLIP_TYPE, clipOfText, readClip } from '@/editor/clip'
import { nextCell, type Place } from '@/editor/reach'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { usePlaceName } from '../cards/placeName'
import { usePaste } from '../cards/usePaste'
import { focusCell } from '../focus'
import { useTouchpointNamed } from '../library'
import { useChoosing } from '../selection'
import { useSession } from '../session'
import { cellKeyOf, newCardKey } from './cellKeys'
import { InlineText } from './InlineText'
import classes from './Cell.module.css'

export function NewCard({ place, kind, label, placeholder }: { place: Place; kind: string; label: string; placeholder: string }) {
  const t = useT('maps')
  const { map, run, announce } = useSession()
  const { edit } = useChoosing()
  const named = useTouchpointNamed()
  const pasteAt = usePaste()
  const placeName = usePlaceName()
  const { stage, step, lane } = place

  /** In the touchpoints lane a name that the library knows is that touchpoint. */
  function add(text: string) {
    const known = kind === 'touchpoints' ? named(text) : undefined
    const [added] = run({ do: 'add_card', stage, lane, text, ...(step ? { step } : {}), ...(known ? { touchpoint: known.id } : {}) })
    const card = added && map.card(added)
    if (card) announce(t('said.card_added', { text: plainText(text), ...placeName(card) }))
  }

  function onPaste(event: ClipboardEvent) {
    const own = event.clipboardData.getData(CLIP_TYPE)
    const clip = (own && readClip(own)) || clipOfText(event.clipboardData.getData('text/plain'))
    // One line is simply written where the cursor is.
    if (!clip || (!own && clip.cards.length < 2)) return
    event.preventDefault()
    pasteAt(clip, place, null)
  }

  return (
    <div className={classes.writing}>
      <InlineText
        value=""
        label={label}
        placeholder={placeholder}
        again
        lines
        rich
        onPaste={onPaste}
        onTab={(back) => {
          const next = nextCell(map, place, back)
          if (next) edit(newCardKey(next))
          return next !== null
        }}
        onSave={add}
        onClose={(how) => {
          edit(null)
          if (how === 'key') focusCell(cellKeyOf(place))
        }}
      />
    </div>
  )
}
