/** The library of touchpoints and channels: what they are, where they stand, and which events they are. */
import { Anchor, Button, Group, Select, Stack, Tabs, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { Num } from '@/ui/Values'
import { useChannels, useSave, useTouchpoints } from './api'
import { CHANNEL_ICONS } from './channelKinds'
import { Channels } from './Channels'
import { MatcherEditor } from './MatcherEditor'
import { StandardEditor } from './StandardEditor'
import type { Touchpoint } from './types'
import { useDeleteWithUndo } from './useDeleteWithUndo'
import classes from './library.module.css'

export function Component() {
  const t = useT('library')
  const { canEdit } = useWorkspace()
  const [params, setParams] = useSearchParams()
  const tab = params.get('tab') === 'channels' ? 'channels' : 'touchpoints'
  const at = params.get('at')
  const touchpoints = useTouchpoints()
  const problem = useProblemText()
  const tell = useTellProblem()
  const save = useSave('touchpoints')
  const open = (id: string | null) =>
    setParams((old) => {
      const next = new URLSearchParams(old)
      if (id) next.set('at', id)
      else next.delete('at')
      return next
    }, { replace: true })
  const selected = tab === 'touchpoints' ? touchpoints.data?.find((one) => one.id === at) : undefined

  async function add() {
    try {
      open((await save.mutateAsync({ name: t('new_touchpoint') })).id)
    } catch (error) {
      tell(error)
    }
  }

  return (
    <Screen
      crumbs={[{ label: t('touchpoints') }]}
      actions={
        canEdit &&
        tab === 'touchpoints' && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => void add()} loading={save.isPending}>
            {t('add_touchpoint')}
          </Button>
        )
      }
      aside={selected && <TouchpointPanel key={selected.id} touchpoint={selected} onClose={() => open(null)} />}
    >
      <Tabs
        value={tab}
        onChange={(next) => setParams(next === 'channels' ? { tab: 'channels' } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="touchpoints">{t('touchpoints')}</Tabs.Tab>
          <Tabs.Tab value="channels">{t('channels')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="touchpoints">
          {touchpoints.error ? (
            <ErrorState problem={problem(touchpoints.error)} onRetry={() => void touchpoints.refetch()} />
          ) : !touchpoints.data ? (
            <Loading lines={7} />
          ) : (
            <TouchpointTable rows={touchpoints.data} selected={at} onOpen={open} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="channels">
          <Channels />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}

function TouchpointTable({ rows, selected, onOpen }: {
  rows: Touchpoint[]
  selected: string | null
  onOpen: (id: string) => void
}) {
  const t = useT('library')
  const channels = useChannels().data ?? []
  const channelOf = (row: Touchpoint) => channels.find((one) => one.id === row.channel)
  const columns: Column<Touchpoint>[] = [
    {
      key: 'name', header: t('name'), bare: true, sort: (row) => row.name,
      cell: (row) => {
        const channel = channelOf(row)
        const Icon = channel && CHANNEL_ICONS[channel.kind]
        return (
          <span className={classes.name}>
            <span className={classes.icon} aria-hidden="true">
              {Icon && <Icon size={15} />}
            </span>
            <bdi>{row.name}</bdi>
          </span>
        )
      },
    },
    { key: 'channel', header: t('channel'), sort: (row) => channelOf(row)?.name, cell: (row) => channelOf(row)?.name ?? <span className="hs-faint">{t('none')}</span> },
    {
      key: 'events', header: t('matcher.events'), sort: (row) => row.matcher?.events.length ?? 0,
      cell: (row) =>
        row.matcher && row.matcher.events.length > 0 ? (
          <span className={classes.events}>
            {row.matcher.events.map((name) => (
              <code key={name} className={classes.event}>
                <bdi>{name}</bdi>
              </code>
            ))}
            {row.matcher.conditions.length > 0 && <span className="hs-faint">{t('conditions_n', { count: row.matcher.conditions.length })}</span>}
          </span>
        ) : (
          <span className={classes.unbound}>{t('unbound')}</span>
        ),
    },
    { key: 'maps', header: t('on_maps'), align: 'end', sort: (row) => row.maps.length, cell: (row) => <Num value={row.maps.length} /> },
  ]
  return (
    <DataTable
      label={t('touchpoints')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      searchText={(row) => `${row.name} ${channelOf(row)?.name ?? ''} ${row.matcher?.events.join(' ') ?? ''}`}
      initialSort={{ key: 'name' }}
      onOpen={(row) => onOpen(row.id)}
      selected={selected}
      empty={<EmptyState picture="map" title={t('empty.touchpoints')} text={t('empty.touchpoints_help')} />}
    />
  )
}

function TouchpointPanel({ touchpoint, onClose }: { touchpoint: Touchpoint; onClose: () => void }) {
  const t = useT('library')
  const { id: w, canEdit } = useWorkspace()
  const channels = useChannels().data ?? []
  const save = useSave('touchpoints')
  const drop = useDeleteWithUndo('touchpoints')
  const tell = useTellProblem()
  const [name, setName] = useState(touchpoint.name)
  const [description, setDescription] = useState(touchpoint.description)
  const set = (fields: Partial<Touchpoint>) => save.mutate({ id: touchpoint.id, ...fields }, { onError: tell })

  const remove = () => drop(touchpoint, onClose)

  return (
    <InspectorPanel
      title={touchpoint.name}
      kind={t('touchpoint')}
      onClose={onClose}
      footer={
        canEdit && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={remove}
            disabled={touchpoint.maps.length > 0}
            title={touchpoint.maps.length > 0 ? t('in_use') : undefined}
          >
            {t('delete_touchpoint')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          value={name}
          maxLength={200}
          classNames={{ input: 'hs-plain' }}
          readOnly={!canEdit}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => name.trim() && name.trim() !== touchpoint.name && set({ name: name.trim() })}
        />
        <Select
          label={t('channel')}
          data={channels.map((one) => ({ value: one.id, label: one.name }))}
          value={touchpoint.channel}
          onChange={(channel) => set({ channel })}
          placeholder={t('none')}
          clearable
          readOnly={!canEdit}
        />
        <Textarea
          label={t('description')}
          value={description}
          autosize
          minRows={2}
          classNames={{ input: 'hs-plain' }}
          readOnly={!canEdit}
          onChange={(event) => setDescription(event.currentTarget.value)}
          onBlur={() => description.trim() !== touchpoint.description && set({ description: description.trim() })}
        />
      </Stack>
      <InspectorSection title={t('section.events')}>
        <MatcherEditor
          touchpoint={touchpoint.id}
          matcher={touchpoint.matcher}
          readOnly={!canEdit}
          saving={save.isPending}
          onSave={(matcher) => set({ matcher })}
        />
      </InspectorSection>
      <StandardEditor touchpoint={touchpoint} readOnly={!canEdit} saving={save.isPending} onSave={set} />
      <InspectorSection title={t('on_maps')}>
        {touchpoint.maps.length === 0 ? (
          <span className="hs-faint">{t('on_no_map')}</span>
        ) : (
          <Group gap={6}>
            {touchpoint.maps.map((map) => (
              <Anchor key={map.id} component={Link} to={`/w/${w}/maps/${map.id}`} size="sm">
                <bdi>{map.title}</bdi>
              </Anchor>
            ))}
          </Group>
        )}
      </InspectorSection>
    </InspectorPanel>
  )
}
