/** What one was told, the latest first; behind the bell in brief, and on a screen of its own. */
import { ActionIcon, Button, Group, SegmentedControl, Tooltip } from '@mantine/core'
import { IconChecks, IconMailOpened, IconSettings } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { directionOf } from '@/i18n/direction'
import { useLocale, useT } from '@/i18n/locale'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { When } from '@/ui/When'
import { useProblemText, useTellProblem } from '../problems'
import { useMarkRead, useNotices, useUnread, type Notice } from './api'
import classes from './notices.module.css'

interface Props {
  /** Behind the bell: no filter and no further pages, but the way to the whole list. */
  brief?: boolean
  limit: number
  onLeave?: () => void
}

export function NoticeList({ brief = false, limit, onLeave }: Props) {
  const t = useT('shell/notices')
  const { w = '' } = useParams()
  const problem = useProblemText()
  const tell = useTellProblem()
  const [unreadOnly, setUnreadOnly] = useState(false)
  const list = useNotices(unreadOnly, limit)
  const unread = useUnread().data?.unread ?? 0
  const read = useMarkRead()
  const found = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <Group justify="space-between" wrap="nowrap" mb={6}>
        {brief ? (
          <h2 className={classes.title}>{t('title')}</h2>
        ) : (
          <SegmentedControl
            size="xs"
            aria-label={t('which')}
            value={unreadOnly ? 'unread' : 'all'}
            onChange={(next) => setUnreadOnly(next === 'unread')}
            data={[{ value: 'all', label: t('all') }, { value: 'unread', label: t('unread') }]}
          />
        )}
        <Group gap={4} wrap="nowrap">
          {unread > 0 && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconChecks size={14} aria-hidden="true" />}
              loading={read.isPending && read.variables === null}
              onClick={() => read.mutate(null, { onError: tell })}
            >
              {t('read_all')}
            </Button>
          )}
          {brief && (
            <Tooltip label={t('choose')}>
              <ActionIcon component={Link} to={`/w/${w}/settings/notices`} onClick={onLeave} variant="subtle" color="gray" size="sm" aria-label={t('choose')}>
                <IconSettings size={15} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Group>
      {list.isPending && <Loading lines={5} label={t('title')} />}
      {list.error && <ErrorState problem={problem(list.error)} onRetry={() => void list.refetch()} />}
      {list.data && found.length === 0 && (
        <EmptyState picture="people" title={t(unreadOnly ? 'none_unread' : 'none')} text={unreadOnly ? undefined : t('none_help')} />
      )}
      <ul className={classes.list}>
        {found.map((one) => (
          <NoticeLine
            key={one.id}
            notice={one}
            elsewhere={one.workspace_id !== w}
            onRead={() => read.mutate([one.id], { onError: tell })}
            onFollow={() => {
              if (!one.read) read.mutate([one.id], { onError: tell })
              onLeave?.()
            }}
          />
        ))}
      </ul>
      {!brief && list.hasNextPage && (
        <Button variant="subtle" size="compact-sm" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui:show_more')}
        </Button>
      )}
      {brief && found.length > 0 && (
        <Button component={Link} to={`/w/${w}/notices`} onClick={onLeave} variant="subtle" size="compact-sm" fullWidth mt={4}>
          {t('see_all')}
        </Button>
      )}
    </>
  )
}

function NoticeLine(props: { notice: Notice; elsewhere: boolean; onRead: () => void; onFollow: () => void }) {
  const { notice } = props
  const t = useT('shell/notices')
  const { dir } = useLocale()
  return (
    <li className={classes.line} data-unread={!notice.read || undefined}>
      <Link to={notice.path} className={classes.link} onClick={props.onFollow}>
        <span className={classes.sentence}>{notice.sentence}</span>
        {notice.excerpt && (
          <span className={classes.excerpt} dir={directionOf(notice.excerpt, dir)}>
            {notice.excerpt}
          </span>
        )}
        <span className="hs-faint">
          <When at={notice.created_at} />
          {props.elsewhere && (
            <>
              {' · '}
              <bdi>{notice.workspace}</bdi>
            </>
          )}
        </span>
      </Link>
      {!notice.read && (
        <Tooltip label={t('read')}>
          <ActionIcon variant="subtle" size="sm" onClick={props.onRead} aria-label={t('read_one', { sentence: notice.sentence })}>
            <IconMailOpened size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  )
}
