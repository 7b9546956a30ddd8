/** Choosing an emoji: a small set that is here already, found by its name in either language. */
import { ActionIcon, Button, Group, InputWrapper, Loader, Popover } from '@mantine/core'
import { IconMoodPlus, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useT } from '@/i18n/locale'

const EmojiPicker = lazy(() => import('./EmojiPicker'))

export function EmojiField({ emoji, onSave, readOnly }: { emoji: string | undefined; onSave: (emoji: string | null) => void; readOnly: boolean }) {
  const t = useT('maps/cards')
  const [open, setOpen] = useState(false)
  if (readOnly && !emoji) return null
  return (
    <InputWrapper label={t('emoji.label')} labelElement="div" size="sm">
      <Group gap={6}>
        {readOnly ? (
          <span>{emoji}</span>
        ) : (
          <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
            <Popover.Target>
              <Button
                variant="default"
                size="xs"
                leftSection={emoji ? <span aria-hidden="true">{emoji}</span> : <IconMoodPlus size={15} aria-hidden="true" />}
                onClick={() => setOpen(!open)}
              >
                {t(emoji ? 'emoji.change' : 'emoji.choose')}
              </Button>
            </Popover.Target>
            <Popover.Dropdown p="xs">
              <Suspense fallback={<Loader type="dots" m="xl" />}>
                <EmojiPicker
                  onChoose={(next) => {
                    onSave(next)
                    setOpen(false)
                  }}
                />
              </Suspense>
            </Popover.Dropdown>
          </Popover>
        )}
        {emoji && !readOnly && (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('emoji.remove')} onClick={() => onSave(null)}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
    </InputWrapper>
  )
}
