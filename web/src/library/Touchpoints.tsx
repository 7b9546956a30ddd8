/** The library: touchpoints, channels and contents; what they are, and where they stand. */
import { Alert, Button, Group, Select, Stack, Tabs } from '@mantine/core'
import { IconArrowMerge, IconPlus, IconTrash } from '@tabler/icons-react'
import { useSearchParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { Num } from '@/ui/Values'
import { useChannels, useContents, useDuplicates, useSave, useTouchpoints } from './api'
import { CHANNEL_ICONS } from './channelKinds'
import { Channels } from './Channels'
import { ContentPanel } from './ContentPanel'
import { Contents } from './Contents'
import { MatcherEditor } from './MatcherEditor'
import { MergeTouchpoint } from './MergeTouchpoint'
import { OnMaps } from './OnMaps'
import { ProfileEditor } from './ProfileEditor'
import { SavedText } from './SavedText'
import { StandardEditor } from './StandardEditor'
import type { Touchpoint, TouchpointFields } from './types'
import { useDeleteWithUndo } from './useDeleteWithUndo'
import classes from './library.module.css'

const TABS = ['touchpoints', 'channels', 'contents'] as const

export function Component() {
  const t = useT('library')
  const { canEdit } = useWorkspace()
  const [params, setParams] = useSearchParams()
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'touchpoints'
  const at = params.get('at')
  const touchpoints = useTouchpoints()
  const problem = useProblemText()
  const tell = useTellProblem()
  const save = useSave('touchpoints')
  const saveContent = useSave('contents')
  const contents = useContents()
  const open = (id: string | null) =>
    setParams((old) => {
      const next = new URLSearchParams(old)
      if (id) next.set('at', id)
      else next.delete('at')
      return next
    }, { replace: true })
  const selected = tab === 'touchpoints' ? touchpoints.data?.find((one) => one.id === at) : undefined
  const content = tab === 'contents' ? contents.data?.find((one) => one.id === at) : undefined

  async function add() {
    try {
      const made =
        tab === 'contents'
          ? await saveContent.mutateAsync({ name: t('content.new'), kind: 'article' })
          : await save.mutateAsync({ name: t('new_touchpoint') })
      open(made.id)
    } catch (error) {
      tell(error)
    }
  }

  return (
    <Screen
      crumbs={[{ label: t('touchpoints') }]}
      actions={
        canEdit &&
        tab !== 'channels' && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => void add()} loading={save.isPending || saveContent.isPending}>
            {t(tab === 'contents' ? 'content.add' : 'add_touchpoint')}
          </Button>
        )
      }
      aside={
        selected ? (
          <TouchpointPanel key={selected.id} touchpoint={selected} onClose={() => open(null)} onMerged={open} />
        ) : content ? (
          <ContentPanel key={content.id} content={content} onClose={() => open(null)} />
        ) : undefined
      }
    >
      <Tabs
        value={tab}
        onChange={(next) => setParams(next && next !== 'touchpoints' ? { tab: next } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="touchpoints">{t('touchpoints')}</Tabs.Tab>
          <Tabs.Tab value="channels">{t('channels')}</Tabs.Tab>
          <Tabs.Tab value="contents">{t('contents')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="touchpoints">
          {touchpoints.error ? (
            <ErrorState problem={problem(touchpoints.error)} onRetry={() => void touchpoints.refetch()} />
          ) : !touchpoints.data ? (
            <Loading lines={7} />
          ) : (
            <>
              {canEdit && <Duplicates onOpen={open} />}
              <TouchpointTable rows={touchpoints.data} selected={at} onOpen={open} />
            </>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="channels">
          <Channels />
        </Tabs.Panel>
        <Tabs.Panel value="contents">
          <Contents selected={at} onOpen={open} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}

/** Says which touchpoints may be one; pressing one opens it, where it can be merged. */
function Duplicates({ onOpen }: { onOpen: (id: string) => void }) {
  const t = useT('library')
  const groups = useDuplicates().data ?? []
  if (groups.length === 0) return null
  return (
    <Alert mb="md" color="gray" icon={<IconArrowMerge size={18} />} title={t('merge.found', { count: groups.length })}>
      <Stack gap={4}>
        {groups.slice(0, 5).map((group) => (
          <Group key={group[0]!.id} gap={6}>
            {group.map((one) => (
              <Button key={one.id} size="compact-xs" variant="default" onClick={() => onOpen(one.id)}>
                <bdi>{one.name}</bdi>
              </Button>
            ))}
          </Group>
        ))}
      </Stack>
    </Alert>
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

function TouchpointPanel({ touchpoint, onClose, onMerged }: {
  touchpoint: Touchpoint
  onClose: () => void
  onMerged: (into: string) => void
}) {
  const t = useT('library')
  const { canEdit } = useWorkspace()
  const channels = useChannels().data ?? []
  const save = useSave('touchpoints')
  const drop = useDeleteWithUndo('touchpoints')
  const tell = useTellProblem()
  const set = (fields: Partial<TouchpointFields>) => save.mutate({ id: touchpoint.id, ...fields }, { onError: tell })

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
        <SavedText label={t('name')} value={touchpoint.name} limit={200} required onSave={(name) => set({ name })} readOnly={!canEdit} />
        <Select
          label={t('channel')}
          data={channels.map((one) => ({ value: one.id, label: one.name }))}
          value={touchpoint.channel}
          onChange={(channel) => set({ channel })}
          placeholder={t('none')}
          clearable
          readOnly={!canEdit}
        />
        <SavedText label={t('description')} value={touchpoint.description} limit={5_000} lines onSave={(description) => set({ description })} readOnly={!canEdit} />
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
      <ProfileEditor touchpoint={touchpoint} readOnly={!canEdit} onSave={set} />
      <OnMaps maps={touchpoint.maps} />
      {canEdit && <MergeTouchpoint touchpoint={touchpoint} onMerged={onMerged} />}
    </InspectorPanel>
  )
}
