/** From when on an instance that stands still counts as left: shown, with where it comes from, and changed in place. */
import { Button, Popover, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import type { Stage } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { DaysField } from '../inspector/fields'
import { useSession } from '../session'
import { useMeasured } from './context'
import classes from './measured.module.css'

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
        <DaysField
          label={t('open_after.days')}
          description={t('open_after.days_help')}
          seconds={found.open_after_seconds}
          onSave={(seconds) => seconds !== null && set(seconds)}
          focus
        />
        <Button
          mt="sm"
          size="compact-sm"
          variant="light"
          disabled={stage.open_after_seconds == null}
          onClick={() => set(null)}
        >
          {t('open_after.automatic')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
