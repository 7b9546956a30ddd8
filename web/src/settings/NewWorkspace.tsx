import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useNavigate } from 'react-router'
import { post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Workspace } from '@/api/types'
import { useLocale, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { SESSION } from '@/shell/session'
import { ErrorState } from '@/ui/States'
import { Choice, LANGUAGES, Part } from './SettingsScreen'

export function Component() {
  const t = useT('settings')
  const go = useNavigate()
  const queries = useQueryClient()
  const problem = useProblemText()
  const locale = useLocale()
  const [name, setName] = useState('')
  const [language, setLanguage] = useState<string>(locale.language)
  const make = useMutation<Workspace, Problem>({
    mutationFn: () => post('/api/workspaces', { body: { name: name.trim(), language } }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: SESSION })
      void go(`/w/${made.id}/maps`)
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Screen width="text" crumbs={[{ label: t('shell:new_workspace') }]}>
      <Part title={t('workspace')} text={t('new_workspace_help')}>
        <form onSubmit={submit} style={{ display: 'contents' }}>
          {make.error && <ErrorState problem={problem(make.error)} />}
          <TextInput
            label={t('workspace_name')}
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Choice label={t('workspace_language')} value={language} data={LANGUAGES} onChange={setLanguage} />
          <Button type="submit" loading={make.isPending} disabled={!name.trim()}>
            {t('make_workspace')}
          </Button>
        </form>
      </Part>
    </Screen>
  )
}
