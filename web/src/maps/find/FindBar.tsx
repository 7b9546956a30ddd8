/** Find in the map: what matches is marked where it stands, and shown one after another. */
import { ActionIcon, CloseButton, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { findInMap, type Match } from '@/editor/find'
import { useFormats, useT } from '@/i18n/locale'
import { drawAll } from '../board/turns'
import { useLibrary } from '../library'
import { useChoosing } from '../selection'
import { useMap, useSession } from '../session'
import classes from './FindBar.module.css'

/** Where a match stands; ids are letters, digits, `_.-`: safe in a selector. */
const selectorOf = ({ kind, id }: Match): string => (kind === 'card' ? `[data-card="${id}"]` : `[data-${kind}-head="${id}"]`)

export function FindBar({ narrow, onClose }: { narrow: boolean; onClose: () => void }) {
  const t = useT('maps/board')
  const shown = useFormats()
  const { map } = useSession()
  const { select } = useChoosing()
  const { touchpoints } = useLibrary()
  const snapshot = useMap((now) => now)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const matches = useMemo(() => findInMap(snapshot, query, (id) => touchpoints.get(id)?.name), [snapshot, query, touchpoints])
  const current = matches.length > 0 ? matches[Math.min(at, matches.length - 1)] : undefined
  const place = current ? selectorOf(current) : null

  useEffect(drawAll, [])
  useEffect(() => {
    if (place) document.querySelector(place)?.scrollIntoView({ inline: 'center', block: 'center' })
  }, [place])

  function go(by: 1 | -1) {
    if (matches.length === 0) return
    const next = (Math.min(at, matches.length - 1) + by + matches.length) % matches.length
    setAt(next)
    const match = matches[next]!
    const card = match.kind === 'card' ? map.card(match.id) : undefined
    // On a narrow screen one stage is shown: choosing the match turns to its stage.
    if (narrow) select(match.kind === 'step' ? { kind: 'step', id: match.id } : { kind: match.kind, id: match.id })
    else if (!document.querySelector(selectorOf(match)) && card) {
      document.querySelector(`[data-stage-head="${card.stage}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest' })
    }
  }

  function close() {
    if (place) document.querySelector<HTMLElement>(place)?.focus()
    onClose()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      go(event.shiftKey ? -1 : 1)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (event.code === 'KeyF' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      field.current?.select()
    }
  }

  return (
    <div role="search" className={classes.bar} onKeyDown={onKeyDown}>
      <TextInput
        ref={field}
        size="xs"
        autoFocus
        className={classes.field}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        aria-label={t('find.label')}
        placeholder={t('find.label')}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value)
          setAt(0)
        }}
        classNames={{ input: 'hs-plain' }}
      />
      <span role="status" className={`${classes.count} hs-tabular`}>
        {query.trim() === '' ? '' : current ? t('find.of', { place: shown.num(Math.min(at, matches.length - 1) + 1), of: shown.num(matches.length) }) : t('find.nothing')}
      </span>
      <ActionIcon variant="subtle" color="gray" size="sm" disabled={matches.length === 0} onClick={() => go(-1)} aria-label={t('find.previous')} title="Shift+Enter">
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size="sm" disabled={matches.length === 0} onClick={() => go(1)} aria-label={t('find.next')} title="Enter">
        <IconChevronDown size={16} />
      </ActionIcon>
      <CloseButton size="sm" onClick={close} aria-label={t('find.close')} />
      {/* One rule marks them all: no card is drawn again. */}
      {matches.length > 0 && (
        <style>
          {`${matches.map(selectorOf).join(',')}{box-shadow:inset 0 0 0 2px var(--hs-warn);background-color:var(--hs-warn-soft)}`}
          {place && `${place}{box-shadow:0 0 0 3px var(--hs-warn)!important}`}
        </style>
      )}
    </div>
  )
}
