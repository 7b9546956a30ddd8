/** Who works here and with which role; a new member gets a link, passed on by hand. */
import { ActionIcon, Badge, Button, CopyButton, Group, NativeSelect, Stack, TextInput, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconTrash, IconUserPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { get, patch, post, remove } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Member, Role } from '@/api/types'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useSession, useWorkspace } from '@/shell/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { ErrorState, Loading } from '@/ui/States'
import { SettingsScreen } from './SettingsScreen'

const ROLES: Role[] = ['owner', 'admin', 'editor', 'viewer']

export function Component() {
  const t = useT('settings')
  const workspace = useWorkspace()
  const { data: session } = useSession()
  const queries = useQueryClient()
  const problem = useProblemText()
  const tell = useTellProblem()
  const key = ['members', workspace.id]
  const members = useQuery<Member[], Problem>({
    queryKey: key,
    queryFn: ({ signal }) => get('/api/workspaces/{w}/members', { path: { w: workspace.id }, signal }),
  })
  const refresh = () => queries.invalidateQueries({ queryKey: key })
  const changeRole = useMutation<unknown, Problem, { member: Member; role: Role }>({
    mutationFn: ({ member, role }) =>
      patch('/api/workspaces/{w}/members/{m}', { path: { w: workspace.id, m: member.id }, body: { role } }),
    onSettled: refresh,
    onError: tell,
  })
  const drop = useMutation<unknown, Problem, Member>({
    mutationFn: (member) => remove('/api/workspaces/{w}/members/{m}', { path: { w: workspace.id, m: member.id } }),
    onSettled: refresh,
    onError: tell,
  })
  const roleOptions = (own: Role) =>
    ROLES.filter((role) => role !== 'owner' || workspace.role === 'owner' || own === 'owner').map((role) => ({
      value: role,
      label: t(`role.${role}`),
    }))

  const columns: Column<Member>[] = [
    {
      key: 'name',
      header: t('member'),
      bare: true,
      sort: (member) => member.name || member.email,
      cell: (member) => (
        <Stack gap={0} align="flex-start">
          <span>
            {member.name || <span className="hs-faint">{t('no_name_yet')}</span>}{' '}
            {member.user_id === session?.user?.id && <span className="hs-faint">({t('you')})</span>}{' '}
            {!member.joined && (
              <Badge size="sm" variant="light" color="orange" tt="none" radius="sm">
                {t('invited')}
              </Badge>
            )}
          </span>
          <bdi className="hs-faint hs-ltr">{member.email}</bdi>
        </Stack>
      ),
    },
    {
      key: 'role',
      header: t('role_head'),
      width: '160px',
      sort: (member) => ROLES.indexOf(member.role),
      cell: (member) =>
        workspace.canManage ? (
          <NativeSelect
            size="xs"
            aria-label={t('role_of', { name: member.name || member.email })}
            data={roleOptions(member.role)}
            value={member.role}
            onChange={(event) => changeRole.mutate({ member, role: event.currentTarget.value as Role })}
          />
        ) : (
          t(`role.${member.role}`)
        ),
    },
    {
      key: 'remove',
      header: t('remove_member'),
      quiet: true,
      width: '52px',
      bare: true,
      cell: (member) =>
        (workspace.canManage || member.user_id === session?.user?.id) && (
          <Tooltip label={t('remove_member')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('remove_member_name', { name: member.name || member.email })}
              onClick={() => drop.mutate(member)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        ),
    },
  ]

  return (
    <SettingsScreen page="members">
      {workspace.canManage && <Invite onDone={refresh} roles={roleOptions('viewer')} />}
      {members.error ? (
        <ErrorState problem={problem(members.error)} onRetry={() => void members.refetch()} />
      ) : !members.data ? (
        <Loading />
      ) : (
        <DataTable label={t('members')} columns={columns} rows={members.data} rowKey={(member) => member.id} />
      )}
      <dl style={{ marginBlockStart: 20 }}>
        {ROLES.map((role) => (
          <Group key={role} gap={8} wrap="nowrap" align="baseline">
            <dt style={{ minWidth: 76, fontWeight: 600 }}>{t(`role.${role}`)}</dt>
            <dd style={{ margin: 0 }} className="hs-soft">
              {t(`role_help.${role}`)}
            </dd>
          </Group>
        ))}
      </dl>
    </SettingsScreen>
  )
}

function Invite({ onDone, roles }: { onDone: () => void; roles: { value: string; label: string }[] }) {
  const t = useT('settings')
  const workspace = useWorkspace()
  const problem = useProblemText()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<string>('editor')
  const invite = useMutation<{ id: string; invite_path: string | null }, Problem>({
    mutationFn: () =>
      post('/api/workspaces/{w}/members', {
        path: { w: workspace.id },
        body: { email: email.trim(), name: name.trim(), role },
      }),
    onSuccess: () => {
      setEmail('')
      setName('')
      onDone()
    },
  })
  const link = invite.data?.invite_path ? location.origin + invite.data.invite_path : null
  function submit(event: FormEvent) {
    event.preventDefault()
    invite.mutate()
  }
  return (
    <form onSubmit={submit} style={{ marginBlockEnd: 18 }}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            flex="1 1 150px"
            label={t('new_name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            flex="2 1 200px"
            type="email"
            dir="ltr"
            required
            withAsterisk={false}
            label={t('new_email')}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <NativeSelect
            flex="0 1 130px"
            label={t('role_head')}
            data={roles}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value)}
          />
          <Button type="submit" leftSection={<IconUserPlus size={16} />} loading={invite.isPending} disabled={!email.trim()}>
            {t('invite')}
          </Button>
        </Group>
        {invite.error && <ErrorState problem={problem(invite.error)} />}
        {invite.isSuccess && (
          <div role="status" className="hs-card" style={{ padding: '12px 16px' }}>
            {link ? (
              <>
                <p style={{ margin: '0 0 8px' }}>{t('pass_link_on')}</p>
                <Group gap="xs" wrap="nowrap">
                  <TextInput flex={1} readOnly dir="ltr" aria-label={t('invite_link')} value={link} />
                  <CopyButton value={link}>
                    {({ copied, copy }) => (
                      <Button
                        variant="default"
                        leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
                        onClick={copy}
                      >
                        {copied ? t('ui:copied') : t('ui:copy')}
                      </Button>
                    )}
                  </CopyButton>
                </Group>
              </>
            ) : (
              t('added_existing')
            )}
          </div>
        )}
      </Stack>
    </form>
  )
}
