/** What happened to the map and who did it, day by day, the latest first. */
import { Button, Text, UnstyledButton } from '@mantine/core'
import { useParams, useSearchParams } from 'react-router'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { InspectorPanel } from '@/ui/InspectorPanel'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { addressOf } from '../comments/context'
import { focusPart } from '../focus'
import type { PanelProps } from '../panels'
import { useChoosing } from '../selection'
import { useMap } from '../session'
import { Avatar } from '../together/Avatar'
import { useActivity, useFollowActivity, type Activity } from './api'
import { sentence } from './sentence'
import classes from './activity.module.css'

export function ActivityPanel({ onClose }: PanelProps) {
  const t = useT('maps/activity')
  const { m = '' } = useParams()
  const formats = useFormats()
  const problem = useProblemText()
  const activity = useActivity(m)
  useFollowActivity(m)
  const days = new Map<string, Activity[]>()
  for (const one of activity.data?.pages.flatMap((page) => page.items) ?? []) {
    const day = formats.longDate(one.at)
    days.set(day, [...(days.get(day) ?? []), one])
  }
  return (
    <InspectorPanel title={t('title')} kind={t('maps:map')} onClose={onClose}>
      <Text size="sm" c="dimmed">
        {t('intro')}
      </Text>
      {activity.isPending && <Loading lines={8} label={t('title')} />}
      {activity.error && <ErrorState problem={problem(activity.error)} onRetry={() => void activity.refetch()} />}
      {activity.data && days.size === 0 && <EmptyState picture="path" title={t('none')} text={t('none_help')} />}
      {[...days].map(([day, those]) => (
        <section key={day} aria-label={day} className={classes.day}>
          <h3 className={classes.dayName}>{day}</h3>
          <ul className={classes.list}>
            {those.map((one) => (
              <Line key={one.id} one={one} />
            ))}
          </ul>
        </section>
      ))}
      {activity.hasNextPage && (
        <Button variant="subtle" size="compact-sm" mt="sm" loading={activity.isFetchingNextPage} onClick={() => void activity.fetchNextPage()}>
          {t('ui:show_more')}
        </Button>
      )}
    </InspectorPanel>
  )
}

function Line({ one }: { one: Activity }) {
  const t = useT('maps/activity')
  const formats = useFormats()
  const open = useOpen(one)
  const [began, ended] = [formats.time(one.began_at), formats.time(one.at)]
  const said = sentence(one, t)
  return (
    <li className={classes.line}>
      <Avatar id={one.user?.id ?? ''} name={one.user?.name ?? t('nobody')} size={24} />
      <div className={classes.said}>
        {open ? (
          <UnstyledButton className={classes.open} fz="inherit" onClick={open}>
            {said}
          </UnstyledButton>
        ) : (
          said
        )}
        <div className="hs-faint hs-tabular">
          <time dateTime={one.at}>{began === ended ? ended : t('between', { began, ended })}</time>
        </div>
      </div>
    </li>
  )
}

/** The way to what a line is about: a part that is still there, or a thread. */
function useOpen({ part, target, details }: Activity): (() => void) | null {
  const { select } = useChoosing()
  const [, setParams] = useSearchParams()
  const there = useMap((snapshot) => (part === 'cards' ? snapshot.cards.has(target) : part === 'stages' && snapshot.stages.some((one) => one.id === target)))
  const thread = details.thread
  if (part === null && typeof thread === 'string') {
    return () => setParams((old) => addressOf(old, { thread }), { replace: true, preventScrollReset: true })
  }
  if (!there) return null
  const kind = part === 'cards' ? 'card' : 'stage'
  return () => {
    select({ kind, id: target })
    focusPart(kind === 'card' ? 'card' : 'stage-head', target)
  }
}
