/** The map as a file: each format says what it cannot carry of this map. */
import { ActionIcon, Loader, Menu, Text, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { useWorkspace } from '@/shell/session'
import { useMapExports } from './api'

export function ExportMenu() {
  const t = useT('maps')
  const { id: w } = useWorkspace()
  const { m = '' } = useParams()
  const [open, setOpen] = useState(false)
  const { data } = useMapExports(m, open)
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-end" width={280}>
      <Menu.Target>
        <Tooltip label={t('export.label')}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('export.label')}>
            <IconDownload size={17} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {data ? (
          data.map(({ format, left_out }) => (
            <Menu.Item key={format} component="a" href={`/api/workspaces/${w}/maps/${m}/export/${format}`} download>
              {t(`export.${format}`)}
              {left_out.length > 0 && (
                <Text size="xs" c="dimmed">
                  {t('export.without', { what: left_out.map((code) => t(`export.left_out.${code}`)).join(t('ui:list_joiner')) })}
                </Text>
              )}
            </Menu.Item>
          ))
        ) : (
          <Loader type="dots" m="md" />
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
