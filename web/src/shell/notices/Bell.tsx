/** The bell of the top bar: how many notices are unread, and behind it the latest of them. */
import { ActionIcon, Popover, VisuallyHidden } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { screenTexts } from '@/i18n/texts'
import { useFormats, useT } from '@/i18n/locale'
import { Loading } from '@/ui/States'
import { useUnread } from './api'
import '../texts'
import classes from './notices.module.css'

// Fetched with its texts when the bell is first rung.
const NoticeList = lazy(async () => {
  const [file] = await Promise.all([import('./NoticeList'), screenTexts('shell/notices')])
  return { default: file.NoticeList }
})
const MOST = 99
const SHOWN = 8

export function Bell() {
  const t = useT('shell')
  const shown = useFormats()
  const [open, setOpen] = useState(false)
  const unread = useUnread().data?.unread ?? 0
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={360} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={classes.bell}
          onClick={() => setOpen((before) => !before)}
          aria-label={unread > 0 ? t('notices_unread', { count: unread }) : t('notices')}
        >
          <IconBell size={19} />
          {unread > 0 && (
            <span className={`${classes.badge} hs-tabular`} aria-hidden="true">
              {unread > MOST ? `${shown.num(MOST)}+` : shown.num(unread)}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={t('notices')}>
        <Suspense fallback={<Loading lines={5} />}>
          <NoticeList brief limit={SHOWN} onLeave={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
      {/* What comes while one works is said, not shown over the work. */}
      <VisuallyHidden role="status">{unread > 0 && t('notices_unread', { count: unread })}</VisuallyHidden>
    </Popover>
  )
}
