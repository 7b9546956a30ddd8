/** How a card looks and what it is filed under: colour, emoji, tags, link. */
import { InputWrapper, Stack, TagsInput, TextInput, Tooltip, UnstyledButton } from '@mantine/core'
import { IconCheck, IconCircleOff } from '@tabler/icons-react'
import { useEffect, useId, useMemo, useState } from 'react'
import { SAFE_LINK } from '@/editor/richText'
import type { Card } from '@/editor/model'
import { searchKey } from '@/i18n/searchKey'
import { useT } from '@/i18n/locale'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useStyle } from '@/shell/style/Styled'
import { CARD_COLORS, PALETTE_PLACE, type CardColor } from '../cards/colors'
import { EmojiField } from '../cards/EmojiField'
import { useMap } from '../session'
import classes from './CardLook.module.css'

const MOST_TAGS = 20

export type Save = (fields: Record<string, unknown>) => void

export function CardLook({ card, onSave, readOnly }: { card: Card; onSave: Save; readOnly: boolean }) {
  const t = useT('maps/cards')
  return (
    <InspectorSection title={t('look')}>
      <Stack gap="sm">
        <ColorField color={card.color} onSave={(color) => onSave({ color })} readOnly={readOnly} />
        <EmojiField emoji={card.emoji} onSave={(emoji) => onSave({ emoji })} readOnly={readOnly} />
        <TagsField tags={card.tags ?? []} onSave={(tags) => onSave({ tags: tags.length > 0 ? tags : null })} readOnly={readOnly} />
        <LinkField link={card.link ?? ''} onSave={(link) => onSave({ link: link || null })} readOnly={readOnly} />
      </Stack>
    </InspectorSection>
  )
}

export function ColorField({ color, onSave, readOnly, mixed = false }: {
  color: string | undefined
  onSave: (color: string | null) => void
  readOnly: boolean
  /** Several cards of different colours: none of them is chosen. */
  mixed?: boolean
}) {
  const t = useT('maps/cards')
  const label = useId()
  const palette = useStyle()?.palette
  /** A colour that the workspace has replaced is not called teal any more. */
  function nameOf(one: CardColor | null): string {
    const place = one && PALETTE_PLACE[one]
    return typeof place === 'number' && palette?.[place] ? t('color.own', { n: place + 1 }) : t(`color.${one ?? 'none'}`)
  }
  return (
    <InputWrapper label={t('color.label')} labelElement="div" labelProps={{ id: label }} size="sm">
      <div role="group" aria-labelledby={label} className={classes.colors}>
        {[null, ...CARD_COLORS].map((one) => {
          const chosen = !mixed && (color ?? null) === one
          const name = nameOf(one)
          return (
            <Tooltip key={one ?? ''} label={name}>
              <UnstyledButton
                className={classes.color}
                style={{ background: one ? `var(--hs-card-${one})` : 'var(--hs-surface)' }}
                aria-label={name}
                aria-pressed={chosen}
                disabled={readOnly}
                onClick={() => onSave(one)}
              >
                {chosen ? <IconCheck size={14} aria-hidden="true" /> : one === null && <IconCircleOff size={14} aria-hidden="true" />}
              </UnstyledButton>
            </Tooltip>
          )
        })}
      </div>
    </InputWrapper>
  )
}

/** Tags that other cards of the map have are offered, so that one idea keeps one word. */
export function TagsField({ tags, onSave, readOnly, description }: {
  tags: readonly string[]
  onSave: (tags: string[]) => void
  readOnly: boolean
  description?: string
}) {
  const t = useT('maps/cards')
  const cards = useMap((snapshot) => snapshot.cards)
  const known = useMemo(() => [...new Set([...cards.values()].flatMap((card) => card.tags ?? []))].sort((a, b) => a.localeCompare(b)), [cards])
  /** However it was typed, a tag that the map knows is that tag. */
  function save(next: string[]) {
    const byKey = new Map(known.map((tag) => [searchKey(tag), tag]))
    const clean = next.map((tag) => tag.trim().slice(0, 200)).filter(Boolean)
    onSave([...new Set(clean.map((tag) => byKey.get(searchKey(tag)) ?? tag))])
  }
  return (
    <TagsInput
      label={t('tags')}
      description={description}
      placeholder={readOnly || tags.length >= MOST_TAGS ? undefined : t('tags_placeholder')}
      data={known}
      value={[...tags]}
      onChange={save}
      splitChars={[',', '،', ';', '؛']}
      maxTags={MOST_TAGS}
      acceptValueOnBlur
      readOnly={readOnly}
      size="sm"
    />
  )
}

function LinkField({ link, onSave, readOnly }: { link: string; onSave: (link: string) => void; readOnly: boolean }) {
  const t = useT('maps/cards')
  const [text, setText] = useState(link)
  useEffect(() => setText(link), [link])
  const whole = completed(text)
  const wrong = whole !== '' && !SAFE_LINK.test(whole)
  function save() {
    if (!wrong && whole !== link) onSave(whole)
  }
  return (
    <TextInput
      label={t('link')}
      placeholder="https://"
      value={text}
      error={wrong ? t('link_wrong') : undefined}
      readOnly={readOnly}
      maxLength={2000}
      dir="ltr"
      inputMode="url"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
      size="sm"
    />
  )
}

/** `example.com` as people type it. */
function completed(text: string): string {
  const clean = text.trim()
  return /^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(clean) ? `https://${clean}` : clean
}
