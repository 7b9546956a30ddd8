import { TextInput, UnstyledButton } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { searchKey } from '@/i18n/searchKey'
import { useLocale, useT } from '@/i18n/locale'
import { findEmoji } from './emoji'
import classes from './EmojiPicker.module.css'

const COLUMNS = 8

export default function EmojiPicker({ onChoose }: { onChoose: (emoji: string) => void }) {
  const t = useT('maps/cards')
  const { language, dir } = useLocale()
  const [search, setSearch] = useState('')
  const found = findEmoji(search, language, searchKey)

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = { ArrowDown: COLUMNS, ArrowUp: -COLUMNS, ArrowRight: dir === 'rtl' ? -1 : 1, ArrowLeft: dir === 'rtl' ? 1 : -1 }[event.key]
    if (!step) return
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    event.preventDefault()
    buttons[at + step]?.focus()
  }

  return (
    <div className={classes.picker}>
      <TextInput
        data-autofocus
        size="xs"
        aria-label={t('emoji.search')}
        placeholder={t('emoji.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !found[0]) return
          event.preventDefault()
          onChoose(found[0].emoji)
        }}
      />
      <div role="group" aria-label={t('emoji.label')} className={`${classes.grid} hs-scroll`} onKeyDown={onKeyDown}>
        {found.map(({ emoji, name }) => (
          <UnstyledButton key={emoji} className={classes.one} aria-label={name} title={name} onClick={() => onChoose(emoji)}>
            {emoji}
          </UnstyledButton>
        ))}
      </div>
      {found.length === 0 && <p className={classes.none}>{t('ui:nothing_found')}</p>}
    </div>
  )
}
