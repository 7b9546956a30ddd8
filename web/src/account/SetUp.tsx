/** The very first screen: who owns this Hamsafar, and what is the first workspace called? */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Navigate, useNavigate } from 'react-router'
import { post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Session } from '@/api/types'
import { useLocale, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { SESSION, useSession } from '@/shell/session'
import { ErrorState, LoadingScreen } from '@/ui/States'
import { Door } from './Door'

export function Component() {
  const t = useT('account')
  const go = useNavigate()
  const queries = useQueryClient()
  const problem = useProblemText()
  const { language } = useLocale()
  const session = useSession()
  const [form, setForm] = useState({ name: '', email: '', password: '', workspace: '' })
  const setUp = useMutation<Session, Problem>({
    mutationFn: () => post('/api/setup', { body: { ...form, email: form.email.trim(), language } }),
    onSuccess: (made) => {
      queries.setQueryData(SESSION, made)
      void go(`/w/${made.workspaces[0]?.id}/maps`, { replace: true })
    },
  })
  if (!session.data) return <LoadingScreen />
  if (!session.data.setup_needed && !setUp.isSuccess) return <Navigate to="/" replace />

  const field = (name: keyof typeof form) => ({
    label: t(name === 'workspace' ? 'workspace_name' : name),
    required: true,
    withAsterisk: false,
    value: form[name],
    error: setUp.error?.about(name),
    onChange: (event: { currentTarget: { value: string } }) =>
      setForm({ ...form, [name]: event.currentTarget.value }),
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    setUp.mutate()
  }

  return (
    <Door title={t('set_up')} text={t('set_up_text')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {setUp.error && <ErrorState problem={problem(setUp.error)} />}
          <TextInput {...field('name')} autoComplete="name" autoFocus />
          <TextInput {...field('email')} type="email" autoComplete="username" dir="ltr" />
          <PasswordInput
            {...field('password')}
            autoComplete="new-password"
            description={t('password_rule')}
            minLength={8}
            dir="ltr"
            visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
          />
          <TextInput {...field('workspace')} description={t('workspace_help')} autoComplete="organization" />
          <Button type="submit" loading={setUp.isPending}>
            {t('set_up_button')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
