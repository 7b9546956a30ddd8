/** The text of a card in the inspector, with the few marks it may have. */
import { ActionIcon, Group, Textarea, Tooltip } from '@mantine/core'
import { IconBold, IconItalic } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useT } from '@/i18n/locale'
import { useMark, useMarkKeys } from '../cards/useMarkKeys'

export function CardText({ value, placeholder, onSave, readOnly }: {
  value: string
  placeholder: string
  onSave: (text: string) => void
  readOnly: boolean
}) {
  const t = useT('maps/cards')
  const [text, setText] = useState(value)
  // What someone else wrote meanwhile is shown, unless it is being written here.
  useEffect(() => setText(value), [value])
  const field = useRef<HTMLTextAreaElement>(null)
  const mark = useMark(field, setText)
  const markKey = useMarkKeys(field, setText)
  const tools = [
    { key: 'bold', mark: '**', icon: IconBold, keys: 'Ctrl+B' },
    { key: 'italic', mark: '*', icon: IconItalic, keys: 'Ctrl+I' },
  ] as const
  return (
    <div>
      <Textarea
        ref={field}
        label={t('maps:card_text')}
        description={readOnly ? undefined : t('text_help')}
        inputWrapperOrder={['label', 'input', 'description']}
        placeholder={placeholder}
        readOnly={readOnly}
        maxLength={5000}
        value={text}
        classNames={{ input: 'hs-plain' }}
        size="sm"
        autosize
        minRows={2}
        maxRows={12}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => void (!readOnly && markKey(event))}
        onBlur={() => text.trim() !== value && onSave(text.trim())}
      />
      {!readOnly && (
        <Group gap={4} mt={4}>
          {tools.map((tool) => (
            <Tooltip key={tool.key} label={t('with_keys', { name: t(tool.key), keys: tool.keys })}>
              <ActionIcon
                variant="default"
                size="sm"
                aria-label={t(tool.key)}
                // The field keeps the focus and what is selected in it.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => mark(tool.mark)}
              >
                <tool.icon size={15} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          ))}
        </Group>
      )}
    </div>
  )
}
