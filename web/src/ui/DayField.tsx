/** One day: a button that opens the calendar. */
import { ActionIcon, Button, Group, Input, Loader, Popover } from '@mantine/core'
import { IconCalendar, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useId, useState } from 'react'
import { useFormats, useT } from '@/i18n/locale'

const DayPicker = lazy(() => import('./DayPicker'))

/** A day of the reader's calendar, or none; an ISO date outside. */
export function DayField(props: {
  label: string
  day: string | null
  onSave: (day: string | null) => void
  readOnly?: boolean
  /** What stands there without a day. */
  none?: string
}) {
  const t = useT('ui')
  const shown = useFormats()
  const none = props.none ?? t('no_day')
  const [open, setOpen] = useState(false)
  const label = useId()
  const written = props.day ? shown.date(`${props.day}T12:00:00`) : none
  if (props.readOnly) {
    return (
      <Input.Wrapper label={props.label} size="sm">
        <div>{written}</div>
      </Input.Wrapper>
    )
  }
  return (
    <Input.Wrapper label={props.label} labelProps={{ id: label }} labelElement="div" size="sm">
      <Group gap={6} wrap="nowrap">
        <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
          <Popover.Target>
            <Button
              variant="default"
              size="sm"
              fw={400}
              leftSection={<IconCalendar size={15} aria-hidden="true" />}
              onClick={() => setOpen(!open)}
              aria-describedby={label}
            >
              {written}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Suspense fallback={<Loader type="dots" m="xl" />}>
              <DayPicker
                day={props.day}
                label={props.label}
                onChange={(day) => {
                  props.onSave(day)
                  setOpen(false)
                }}
              />
            </Suspense>
          </Popover.Dropdown>
        </Popover>
        {props.day && (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('remove')} onClick={() => props.onSave(null)}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </Group>
    </Input.Wrapper>
  )
}
