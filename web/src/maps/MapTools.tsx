/** What one does with the whole map: find in it, and present it. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPresentation, IconSearch } from '@tabler/icons-react'
import { useT } from '@/i18n/locale'

export function MapTools({ onFind, onPresent }: { onFind: () => void; onPresent: () => void }) {
  const t = useT('maps/board')
  return (
    <>
      <Tooltip label={`${t('find.open')} (Ctrl+F)`}>
        <ActionIcon variant="subtle" color="gray" size="sm" onClick={onFind} aria-label={t('find.open')}>
          <IconSearch size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('present')}>
        <ActionIcon variant="subtle" color="gray" size="sm" onClick={onPresent} aria-label={t('present')}>
          <IconPresentation size={17} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
