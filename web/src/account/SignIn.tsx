import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { get, post } from '@/api/client'
import { useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { SESSION, useSession } from '@/shell/session'
import { ErrorState } from '@/ui/States'
import { Door } from './Door'

export function Component() {
  const t = useT('account')
  const go = useNavigate()
  const queries = useQueryClient()
  const problem = useProblemText()
  const [params] = useSearchParams()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const session = useSession()
  const signIn = useMutation({
    mutationFn: async () => {
      await post('/_allauth/browser/v1/auth/login', { body: { email: email.trim(), password } })
      return get('/api/session')
    },
    onSuccess: (found) => {
      queries.setQueryData(SESSION, found)
      void go(ownAddress(params.get('next')), { replace: true })
    },
  })

  if (session.data?.setup_needed) return <Navigate to="/setup" replace />
  if (session.data?.user && !signIn.isPending && !signIn.isSuccess) return <Navigate to="/" replace />

  function submit(event: FormEvent) {
    event.preventDefault()
    signIn.mutate()
  }

  return (
    <Door title={t('sign_in')} text={t('sign_in_text')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {params.get('link') === 'spent' && !signIn.error && (
            <ErrorState problem={{ title: t('link_spent'), detail: t('link_spent_what_now') }} />
          )}
          {signIn.error && <ErrorState problem={problem(signIn.error)} />}
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            dir="ltr"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            dir="ltr"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
          />
          <Button type="submit" loading={signIn.isPending}>
            {t('sign_in')}
          </Button>
        </Stack>
      </form>
      <p className="hs-faint">{t('forgot')}</p>
    </Door>
  )
}

/** Only an address inside this app: a link must not be able to send a freshly signed-in user elsewhere. */
export function ownAddress(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/'
}
