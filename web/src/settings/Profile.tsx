/** Oneself: name, language, calendar, appearance, address, password. */
import { Button, PasswordInput, TextInput, useMantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Session, User } from '@/api/types'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { SESSION, useSaveMe, useSession } from '@/shell/session'
import { ErrorState } from '@/ui/States'
import { Choice, LANGUAGES, Part, SettingsScreen } from './SettingsScreen'

export function Component() {
  const { data } = useSession()
  const user = data?.user
  if (!user) return null
  return (
    <SettingsScreen page="profile">
      <Name user={user} />
      <Preferences user={user} />
      <Address user={user} />
      <Password user={user} />
    </SettingsScreen>
  )
}

function useSaved() {
  const t = useT('settings')
  return () => notifications.show({ message: t('ui:saved'), autoClose: 2500 })
}

function Name({ user }: { user: User }) {
  const t = useT('settings')
  const [name, setName] = useState(user.name)
  const save = useSaveMe()
  const saved = useSaved()
  const tell = useTellProblem()
  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate({ name: name.trim() }, { onSuccess: saved, onError: tell })
  }
  return (
    <Part title={t('name')} text={t('name_help')}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        <TextInput aria-label={t('name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" variant="light" loading={save.isPending} disabled={!name.trim() || name === user.name}>
          {t('ui:save')}
        </Button>
      </form>
    </Part>
  )
}

function Preferences({ user }: { user: User }) {
  const t = useT('settings')
  const shown = useFormats()
  const save = useSaveMe()
  const tell = useTellProblem()
  const { setColorScheme } = useMantineColorScheme()
  const choose = (changes: Partial<User>) => save.mutate(changes, { onError: tell })
  return (
    <Part title={t('preferences')} text={t('preferences_help')}>
      <Choice
        label={t('shell:language')}
        value={user.language}
        data={LANGUAGES}
        onChange={(value) => choose({ language: value as User['language'] })}
      />
      <Choice
        label={t('calendar')}
        value={user.calendar}
        data={[
          { value: 'jalali', label: t('jalali') },
          { value: 'gregorian', label: t('gregorian') },
        ]}
        onChange={(value) => choose({ calendar: value as User['calendar'] })}
      />
      <span className="hs-faint">{t('today_is', { day: shown.longDate(new Date()) })}</span>
      <Choice
        label={t('shell:theme')}
        value={user.theme}
        data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`shell:theme_${value}`) }))}
        onChange={(value) => {
          setColorScheme(value as User['theme'])
          choose({ theme: value as User['theme'] })
        }}
      />
    </Part>
  )
}

function Address({ user }: { user: User }) {
  const t = useT('settings')
  const queries = useQueryClient()
  const problem = useProblemText()
  const saved = useSaved()
  const [email, setEmail] = useState(user.email)
  const [password, setPassword] = useState('')
  const change = useMutation<User, Problem>({
    mutationFn: () => post('/api/me/email', { body: { email: email.trim(), password } }),
    onSuccess: (changed) => {
      queries.setQueryData<Session>(SESSION, (old) => (old ? { ...old, user: changed } : old))
      setPassword('')
      saved()
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Part title={t('email')} text={t('email_help')}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        {change.error && <ErrorState problem={problem(change.error)} />}
        <TextInput
          type="email"
          dir="ltr"
          aria-label={t('email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {email !== user.email && user.has_password && (
          <PasswordInput
            label={t('present_password')}
            dir="ltr"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="light" loading={change.isPending} disabled={email === user.email}>
          {t('change_email')}
        </Button>
      </form>
    </Part>
  )
}

function Password({ user }: { user: User }) {
  const t = useT('settings')
  const queries = useQueryClient()
  const problem = useProblemText()
  const saved = useSaved()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation<unknown, Problem>({
    mutationFn: () => post('/api/me/password', { body: { current, new: next } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: SESSION })
      setCurrent('')
      setNext('')
      saved()
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Part title={t('password')} text={user.has_password ? t('password_help') : t('no_password_yet')}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        {change.error && <ErrorState problem={problem(change.error)} />}
        {user.has_password && (
          <PasswordInput
            label={t('present_password')}
            dir="ltr"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={t('new_password')}
          description={t('password_rule')}
          dir="ltr"
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="light"
          loading={change.isPending}
          disabled={next === '' || (user.has_password && current === '')}
        >
          {t('change_password')}
        </Button>
      </form>
    </Part>
  )
}
