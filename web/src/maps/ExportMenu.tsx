/** The map as a file: the button; what there is to choose is fetched when it is first opened. */
import { ActionIcon, Loader, Popover, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useT } from '@/i18n/locale'
import { screenTexts } from '@/i18n/texts'

const ExportPanel = lazy(async () => {
  const [file] = await Promise.all([import('./export/ExportPanel'), screenTexts('maps/export')])
  return { default: file.ExportPanel }
})

export function ExportMenu() {
  const t = useT('maps')
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={340} trapFocus withinPortal shadow="md">
      <Popover.Target>
        <Tooltip label={t('export')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('export')}
            onClick={() => setOpen(!open)}
          >
            <IconDownload size={17} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('export')}>
        <Suspense fallback={<Loader type="dots" m="md" />}>{open && <ExportPanel />}</Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
