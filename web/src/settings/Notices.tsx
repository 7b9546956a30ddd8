/** How one hears of what: in the app, by e-mail, or not at all; and for admins, whether this server's mail goes out. */
import { Badge, Button, Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconMailForward } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, type Answer } from '@/api/client'
import type { Problem } from '@/api/problem'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { ErrorState, Loading } from '@/ui/States'
import { When } from '@/ui/When'
import { Part, SettingsScreen } from './SettingsScreen'
import classes from './Notices.module.css'

type Choices = Answer<'get', '/api/me/notice-choices'>
type Choice = Choices['choices'][number]
const CHOICES = ['notice-choices'] as const

export function Component() {
  const { canManage } = useWorkspace()
  return (
    <SettingsScreen page="notices">
      <Mine />
      {canManage && <Mail />}
    </SettingsScreen>
  )
}

function Mine() {
  const t = useT('settings')
  const problem = useProblemText()
  const tell = useTellProblem()
  const queries = useQueryClient()
  const choices = useQuery<Choices, Problem>({
    queryKey: CHOICES,
    queryFn: ({ signal }) => get('/api/me/notice-choices', { signal }),
  })
  const choose = useMutation<Choices, Problem, Pick<Choice, 'kind' | 'in_app' | 'by_mail'>, Choices | undefined>({
    mutationFn: (body) => patch('/api/me/notice-choices', { body }),
    // A box answers the click, not the server; a refusal puts it back.
    onMutate: (wanted) => {
      const before = queries.getQueryData<Choices>(CHOICES)
      if (before) {
        const choices = before.choices.map((one) => (one.kind === wanted.kind ? { ...one, ...wanted } : one))
        queries.setQueryData<Choices>(CHOICES, { ...before, choices })
      }
      return before
    },
    onError: (error, _wanted, before) => {
      queries.setQueryData(CHOICES, before)
      tell(error)
    },
    onSuccess: (saved) => queries.setQueryData(CHOICES, saved),
  })
  const { data } = choices
  return (
    <Part title={t('notices')} text={t('notices_help')}>
      {choices.isPending && <Loading />}
      {choices.error && <ErrorState problem={problem(choices.error)} onRetry={() => void choices.refetch()} />}
      {data && (
        <>
          {!data.mail_available && <p className={classes.hint}>{t('mail_unavailable', { email: `\u2066${data.email}\u2069` })}</p>}
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('notice_of')}</th>
                <th scope="col">{t('in_app')}</th>
                <th scope="col">{t('by_mail')}</th>
              </tr>
            </thead>
            <tbody>
              {data.choices.map(({ kind, label, in_app, by_mail }) => (
                <tr key={kind}>
                  <th scope="row">{label}</th>
                  <td>
                    <Checkbox
                      aria-label={`${label}: ${t('in_app')}`}
                      checked={in_app}
                      onChange={(event) => choose.mutate({ kind, in_app: event.currentTarget.checked, by_mail })}
                    />
                  </td>
                  <td>
                    <Checkbox
                      aria-label={`${label}: ${t('by_mail')}`}
                      checked={by_mail}
                      disabled={!data.mail_available}
                      onChange={(event) => choose.mutate({ kind, in_app, by_mail: event.currentTarget.checked })}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Part>
  )
}

const STATES = ['queued', 'sending', 'sent', 'failed', 'unknown', 'dropped'] as const

function Mail() {
  const t = useT('settings')
  const { id: w } = useWorkspace()
  const problem = useProblemText()
  const mail = useQuery({ queryKey: ['mail', w], queryFn: ({ signal }) => get('/api/workspaces/{w}/mail', { path: { w }, signal }) })
  const test = useMutation<{ email: string }, Problem>({
    mutationFn: () => post('/api/workspaces/{w}/mail/test', { path: { w } }),
    onSuccess: ({ email }) => notifications.show({ message: t('mail_test_sent', { email: `\u2066${email}\u2069` }) }),
  })
  const { data } = mail
  const counted = STATES.filter((state) => (data?.counts[state] ?? 0) > 0)
  return (
    <Part title={t('mail')} text={t('mail_help')}>
      {mail.isPending && <Loading />}
      {mail.error && <ErrorState problem={problem(mail.error)} onRetry={() => void mail.refetch()} />}
      {data && !data.available && <p className={classes.hint}>{t('mail_not_set_up')}</p>}
      {data?.available && (
        <>
          <p className={classes.hint}>
            {t('mail_from')} <bdi dir="ltr">{data.sender}</bdi>
          </p>
          {counted.length > 0 && (
            <div className={classes.counts}>
              {counted.map((state) => (
                <Badge key={state} variant="light" tt="none" color={state === 'failed' || state === 'unknown' ? 'red' : 'gray'}>
                  {t(`mail_state.${state}`, { count: data.counts[state] ?? 0 })}
                </Badge>
              ))}
            </div>
          )}
          {data.troubles.length > 0 && (
            <ul className={classes.troubles} aria-label={t('mail_troubles')}>
              {data.troubles.map((one) => (
                <li key={one.id}>
                  <bdi>{one.name}</bdi> · <When at={one.at} />
                  <div className="hs-faint">
                    {t(`mail_trouble.${one.status}`)}
                    {one.error && (
                      <>
                        {' '}
                        <bdi dir="ltr">{one.error}</bdi>
                      </>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          )}
          {test.error && <ErrorState problem={problem(test.error)} />}
          <Button
            variant="light"
            leftSection={<IconMailForward size={16} className="hs-mirror" aria-hidden="true" />}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            {t('mail_test')}
          </Button>
        </>
      )}
    </Part>
  )
}
