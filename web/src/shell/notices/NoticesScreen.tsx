/** All that one was told, page by page. */
import { Button } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useT } from '@/i18n/locale'
import { Screen } from '../Screen'
import { useWorkspace } from '../session'
import { NoticeList } from './NoticeList'
import '../texts'

export function Component() {
  const t = useT('shell/notices')
  const { id: w } = useWorkspace()
  return (
    <Screen
      width="text"
      crumbs={[{ label: t('title') }]}
      actions={
        <Button component={Link} to={`/w/${w}/settings/notices`} variant="default" leftSection={<IconSettings size={16} aria-hidden="true" />}>
          {t('choose')}
        </Button>
      }
    >
      <NoticeList limit={30} />
    </Screen>
  )
}
