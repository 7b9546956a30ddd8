/** The teams of a workspace: who is in which. Maps name them as owners. */
import { ActionIcon, Button, Group, MultiSelect, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type FormEvent } from 'react'
import { get, patch, post, remove } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Member, Team, Teams } from '@/api/types'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { SettingsScreen } from './SettingsScreen'
import classes from './SettingsScreen.module.css'

export function Component() {
  const t = useT('settings')
  const { id: w, canManage } = useWorkspace()
  const problem = useProblemText()
  const teams = useQuery<Teams, Problem>({ queryKey: ['teams', w], queryFn: ({ signal }) => get('/api/workspaces/{w}/teams', { path: { w }, signal }) })
  const members = useQuery<Member[], Problem>({ queryKey: ['members', w], queryFn: ({ signal }) => get('/api/workspaces/{w}/members', { path: { w }, signal }) })
  const change = useTeamChanges()
  const failed = teams.error ?? members.error
  const proposed = teams.data?.proposed ?? []
  const names = proposed.join(t('ui:list_joiner'))
  return (
    <SettingsScreen page="teams">
      <p className="hs-soft">{t('teams_help')}</p>
      {failed ? (
        <ErrorState problem={problem(failed)} onRetry={() => void Promise.all([teams.refetch(), members.refetch()])} />
      ) : !teams.data || !members.data ? (
        <Loading />
      ) : (
        <Stack gap="sm">
          {canManage && <NewTeam onAdd={(name) => change.mutateAsync({ do: 'add', name })} />}
          {teams.data.items.length === 0 ? (
            <EmptyState
              picture="people"
              title={t('no_teams')}
              text={canManage ? t('no_teams_help', { names }) : t('no_teams_ask')}
              action={canManage && <Button onClick={() => change.mutate({ do: 'propose' })}>{t('make_proposed')}</Button>}
            />
          ) : (
            <>
              <ul className={classes.teams}>
                {teams.data.items.map((team) => (
                  <TeamLine key={team.id} team={team} members={members.data} canManage={canManage} change={change.mutate} />
                ))}
              </ul>
              {canManage && proposed.length > 0 && (
                <div>
                  <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => change.mutate({ do: 'propose' })}>
                    {t('also_proposed', { names })}
                  </Button>
                </div>
              )}
            </>
          )}
        </Stack>
      )}
    </SettingsScreen>
  )
}

type Change =
  | { do: 'add'; name: string; members?: string[] }
  | { do: 'propose' }
  | { do: 'set'; id: string; name?: string; members?: string[] }
  | { do: 'delete'; team: Team }

/** Every change asks for the teams anew; a deleted one can be made again, with a new id. */
function useTeamChanges() {
  const t = useT('settings')
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  const tell = useTellProblem()
  const change = useMutation<unknown, Problem, Change>({
    mutationFn: (wanted) => {
      if (wanted.do === 'add') return post('/api/workspaces/{w}/teams', { path: { w }, body: { name: wanted.name, members: wanted.members ?? [] } })
      if (wanted.do === 'propose') return post('/api/workspaces/{w}/teams/proposed', { path: { w }, body: {} })
      if (wanted.do === 'delete') return remove('/api/workspaces/{w}/teams/{t}', { path: { w, t: wanted.team.id } })
      const { do: _do, id, ...fields } = wanted
      return patch('/api/workspaces/{w}/teams/{t}', { path: { w, t: id }, body: fields })
    },
    onError: tell,
    onSettled: () => queries.invalidateQueries({ queryKey: ['teams', w] }),
    onSuccess: (_answer, wanted) => {
      if (wanted.do !== 'delete') return
      const { name, members } = wanted.team
      const notice = notifications.show({
        autoClose: 12_000,
        message: (
          <Group justify="space-between" wrap="nowrap">
            {t('team_deleted', { team: name })}
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => {
                notifications.hide(notice)
                change.mutate({ do: 'add', name, members })
              }}
            >
              {t('ui:undo')}
            </Button>
          </Group>
        ),
      })
    },
  })
  return change
}

function NewTeam({ onAdd }: { onAdd: (name: string) => Promise<unknown> }) {
  const t = useT('settings')
  const [name, setName] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!name.trim()) return
    // What was refused stays there to be corrected; the refusal itself is told where all are.
    onAdd(name.trim()).then(() => setName(''), () => undefined)
  }
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-end">
        <TextInput flex="1 1 200px" maw={340} label={t('new_team')} value={name} maxLength={120} classNames={{ input: 'hs-plain' }} onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" leftSection={<IconPlus size={16} />} disabled={!name.trim()}>
          {t('add_team')}
        </Button>
      </Group>
    </form>
  )
}

function TeamLine({ team, members, canManage, change }: { team: Team; members: Member[]; canManage: boolean; change: (wanted: Change) => void }) {
  const t = useT('settings')
  const [name, setName] = useState(team.name)
  useEffect(() => setName(team.name), [team.name])
  const called = (member: Member) => member.name || member.email
  return (
    <li className={`${classes.team} hs-card`}>
      <TextInput
        aria-label={t('team_name')}
        value={name}
        readOnly={!canManage}
        maxLength={120}
        classNames={{ input: 'hs-plain' }}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        onBlur={() => {
          if (!name.trim()) setName(team.name)
          else if (name.trim() !== team.name) change({ do: 'set', id: team.id, name: name.trim() })
        }}
      />
      <MultiSelect
        aria-label={t('team_members', { team: team.name })}
        placeholder={team.members.length === 0 ? t('team_members_none') : undefined}
        data={members.map((member) => ({ value: member.id, label: called(member) }))}
        value={team.members}
        onChange={(next) => change({ do: 'set', id: team.id, members: next })}
        readOnly={!canManage}
        searchable={canManage}
        nothingFoundMessage={t('ui:nothing_found')}
      />
      {canManage && (
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('delete_team', { team: team.name })} onClick={() => change({ do: 'delete', team })}>
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </li>
  )
}
