/** From when on an instance that stands still counts as left: shown, with where it comes from, and changed in place. */
import { Button, Group, NumberInput, Popover, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import type { Stage } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { useSession } from '../session'
import { useMeasured } from './context'
import classes from './measured.module.css'

const DAY = 86_400

export function OpenAfter({ stage }: { stage: Stage }) {
  const t = useT('maps')
  const shown = useFormats()
  const { run, readOnly } = useSession()
  const { stages } = useMeasured()
  const [opened, setOpened] = useState(false)
  const found = stages.get(stage.id)
  if (!found) return <span className="hs-faint">{t('ui:no_data')}</span>
  const text = (
    <>
      <span className="hs-tabular">{shown.duration(found.open_after_seconds)}</span>{' '}
      <span className={classes.small}>{t(`open_after.${found.open_after_source}`, { n: found.gap_n })}</span>
    </>
  )
  if (readOnly) return <span>{text}</span>
  const set = (seconds: number | null) => {
    run({ do: 'set_stage', id: stage.id, fields: { open_after_seconds: seconds } })
    setOpened(false)
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" width={260} trapFocus withArrow>
      <Popover.Target>
        <UnstyledButton className={classes.editable} onClick={() => setOpened(true)}>
          <VisuallyHidden>{t('open_after.change', { stage: stage.name })}</VisuallyHidden>
          {text}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <OpenAfterForm seconds={found.open_after_seconds} isSet={stage.open_after_seconds != null} onSet={set} />
      </Popover.Dropdown>
    </Popover>
  )
}

function OpenAfterForm(props: { seconds: number; isSet: boolean; onSet: (seconds: number | null) => void }) {
  const t = useT('maps')
  const [days, setDays] = useState<number | string>(Math.max(1, Math.round(props.seconds / DAY)))
  const valid = typeof days === 'number' && days >= 1 && days <= 3650
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (valid) props.onSet(Math.round(days * DAY))
      }}
    >
      <NumberInput label={t('open_after.days')} description={t('open_after.days_help')} value={days} onChange={setDays} min={1} max={3650} data-autofocus />
      <Group justify="space-between" mt="sm" gap="xs">
        <Button size="compact-sm" variant="subtle" color="gray" disabled={!props.isSet} onClick={() => props.onSet(null)}>
          {t('open_after.automatic')}
        </Button>
        <Button size="compact-sm" type="submit" disabled={!valid}>
          {t('ui:save')}
        </Button>
      </Group>
    </form>
  )
}
