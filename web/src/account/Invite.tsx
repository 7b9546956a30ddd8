/** The link a new member gets: choose a name and a password, and be in. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useNavigate, useParams } from 'react-router'
import { post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Session } from '@/api/types'
import { useLocale, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { SESSION } from '@/shell/session'
import { ErrorState } from '@/ui/States'
import { Door } from './Door'

export function Component() {
  const t = useT('account')
  const { language } = useLocale()
  const { token } = useParams()
  const go = useNavigate()
  const queries = useQueryClient()
  const problem = useProblemText()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const accept = useMutation<Session, Problem>({
    mutationFn: () => post('/api/invites/{token}', { path: { token: token ?? '' }, body: { name, password, language } }),
    onSuccess: (session) => {
      queries.setQueryData(SESSION, session)
      void go('/', { replace: true })
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    accept.mutate()
  }
  return (
    <Door title={t('invited')} text={t('invited_text')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {accept.error && <ErrorState problem={problem(accept.error)} />}
          <TextInput
            label={t('name')}
            autoComplete="name"
            required
            withAsterisk={false}
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('password')}
            description={t('password_rule')}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={8}
            dir="ltr"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
          />
          <Button type="submit" loading={accept.isPending}>
            {t('join')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
