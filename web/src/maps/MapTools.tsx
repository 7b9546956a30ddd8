/** What one does with the whole map: find in it, present it, and choose several of its cards by touch. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChecks, IconPresentation, IconSearch } from '@tabler/icons-react'
import { useT } from '@/i18n/locale'
import { useTogether } from './selection'

export function MapTools({ onFind, onPresent }: { onFind: () => void; onPresent: () => void }) {
  const t = useT('maps/board')
  const touched = useMediaQuery('(any-pointer: coarse)', false, { getInitialValueInEffect: false })
  const [together, setTogether] = useTogether()
  return (
    <>
      {touched && (
        <Tooltip label={t('maps/cards:together')}>
          <ActionIcon
            variant={together ? 'light' : 'subtle'}
            color={together ? undefined : 'gray'}
            size="sm"
            aria-pressed={together}
            aria-label={t('maps/cards:together')}
            onClick={() => setTogether(!together)}
          >
            <IconChecks size={17} />
          </ActionIcon>
        </Tooltip>
      )}
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
