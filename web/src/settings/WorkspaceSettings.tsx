/** The workspace itself: its name, its language, and its end. */
import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useNavigate } from 'react-router'
import { patch, remove } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Workspace } from '@/api/types'
import { useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { SESSION, useWorkspace } from '@/shell/session'
import { ErrorState } from '@/ui/States'
import { Choice, LANGUAGES, Part, SettingsScreen } from './SettingsScreen'

export function Component() {
  const t = useT('settings')
  const workspace = useWorkspace()
  return (
    <SettingsScreen page="workspace">
      {!workspace.canManage && <p className="hs-soft">{t('ask_admin')}</p>}
      <NameAndLanguage key={workspace.id} workspace={workspace} disabled={!workspace.canManage} />
      {workspace.role === 'owner' && <End workspace={workspace} />}
    </SettingsScreen>
  )
}

function NameAndLanguage({ workspace, disabled }: { workspace: Workspace; disabled: boolean }) {
  const t = useT('settings')
  const queries = useQueryClient()
  const problem = useProblemText()
  const [name, setName] = useState(workspace.name)
  const [language, setLanguage] = useState(workspace.language)
  const save = useMutation<Workspace, Problem>({
    mutationFn: () =>
      patch('/api/workspaces/{w}', { path: { w: workspace.id }, body: { name: name.trim(), language } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: SESSION })
      notifications.show({ message: t('ui:saved'), autoClose: 2500 })
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Part title={t('workspace')} text={t('workspace_help')}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        {save.error && <ErrorState problem={problem(save.error)} />}
        <TextInput
          label={t('workspace_name')}
          disabled={disabled}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Choice label={t('workspace_language')} disabled={disabled} value={language} data={LANGUAGES} onChange={(value) => setLanguage(value as Workspace['language'])} />
        <Button
          type="submit"
          variant="light"
          loading={save.isPending}
          disabled={disabled || !name.trim() || (name === workspace.name && language === workspace.language)}
        >
          {t('ui:save')}
        </Button>
      </form>
    </Part>
  )
}

/** The one thing that cannot be taken back by a click, so it asks for the name instead of "are you sure?". */
function End({ workspace }: { workspace: Workspace }) {
  const t = useT('settings')
  const go = useNavigate()
  const queries = useQueryClient()
  const problem = useProblemText()
  const [typed, setTyped] = useState('')
  const end = useMutation<unknown, Problem>({
    mutationFn: () => remove('/api/workspaces/{w}', { path: { w: workspace.id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: SESSION })
      void go('/')
    },
  })
  return (
    <Part title={t('delete_workspace')} text={t('delete_workspace_help')}>
      {end.error && <ErrorState problem={problem(end.error)} />}
      <TextInput
        label={t('type_name', { name: workspace.name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button
        color="red"
        variant="light"
        loading={end.isPending}
        disabled={typed.trim() !== workspace.name}
        onClick={() => end.mutate()}
      >
        {t('delete_workspace')}
      </Button>
    </Part>
  )
}
