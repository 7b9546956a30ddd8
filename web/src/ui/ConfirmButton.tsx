/** For the few things that cannot be undone: the button asks once more, in its place, no dialog. */
import { Button, Group, Popover, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useT } from '@/i18n/locale'

export function ConfirmButton(props: {
  label: string
  question: string
  answer: string
  icon?: ReactNode
  size?: string
  loading?: boolean
  onConfirm: () => void
}) {
  const t = useT('ui')
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-end" trapFocus withArrow>
      <Popover.Target>
        <Button
          variant="default"
          size={props.size ?? 'sm'}
          leftSection={props.icon}
          loading={props.loading}
          onClick={() => setOpened(!opened)}
        >
          {props.label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text mb="sm">{props.question}</Text>
        <Group gap="xs" justify="flex-end">
          <Button size="xs" variant="default" onClick={() => setOpened(false)}>
            {t('cancel')}
          </Button>
          <Button
            size="xs"
            color="red"
            onClick={() => {
              setOpened(false)
              props.onConfirm()
            }}
          >
            {props.answer}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}
