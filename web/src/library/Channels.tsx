/** Channels: a short list, edited in place. */
import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChannelKind } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { useChannels, useDelete, useSave } from './api'
import { CHANNEL_ICONS, CHANNEL_KINDS } from './channelKinds'
import type { Channel } from './types'
import classes from './library.module.css'

export function Channels() {
  const t = useT('library')
  const { canEdit } = useWorkspace()
  const channels = useChannels()
  const problem = useProblemText()
  if (channels.error) return <ErrorState problem={problem(channels.error)} onRetry={() => void channels.refetch()} />
  if (!channels.data) return <Loading lines={6} />
  return (
    <>
      {channels.data.length === 0 && !canEdit && <EmptyState picture="map" title={t('empty.channels')} />}
      <ul className={classes.channels}>
        {channels.data.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
      </ul>
      {canEdit && <NewChannel />}
    </>
  )
}

function useKinds() {
  const t = useT('library')
  return CHANNEL_KINDS.map((kind) => ({ value: kind, label: t(`channel_kind.${kind}`) }))
}

function ChannelRow({ channel }: { channel: Channel }) {
  const t = useT('library')
  const { canEdit } = useWorkspace()
  const [name, setName] = useState(channel.name)
  const save = useSave('channels')
  const drop = useDelete('channels')
  const tell = useTellProblem()
  const kinds = useKinds()
  const Icon = CHANNEL_ICONS[channel.kind]
  const restore = (error: unknown) => {
    setName(channel.name)
    tell(error)
  }
  return (
    <li className={classes.channel}>
      <span className={classes.icon} aria-hidden="true">
        <Icon size={16} />
      </span>
      <TextInput
        aria-label={t('name')}
        value={name}
        maxLength={200}
        classNames={{ input: 'hs-plain' }}
        readOnly={!canEdit}
        variant={canEdit ? 'default' : 'unstyled'}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => name.trim() && name.trim() !== channel.name && save.mutate({ id: channel.id, name: name.trim() }, { onError: restore })}
      />
      <Select
        aria-label={t('kind')}
        data={kinds}
        value={channel.kind}
        onChange={(kind) => kind && save.mutate({ id: channel.id, kind: kind as ChannelKind }, { onError: tell })}
        allowDeselect={false}
        readOnly={!canEdit}
      />
      <span className="hs-faint">{t('touchpoints_n', { count: channel.touchpoints })}</span>
      {canEdit && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('delete_channel', { name: channel.name })}
          disabled={channel.touchpoints > 0}
          onClick={() => drop.mutate(channel.id, { onError: tell })}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </li>
  )
}

function NewChannel() {
  const t = useT('library')
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ChannelKind>('web')
  const save = useSave('channels')
  const tell = useTellProblem()
  const kinds = useKinds()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) save.mutate({ name: name.trim(), kind }, { onError: tell, onSuccess: () => setName('') })
      }}
    >
      <Group gap="sm" mt="md" align="flex-end">
        <TextInput
          label={t('new_channel')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          classNames={{ input: 'hs-plain' }}
        />
        <Select
          label={t('kind')}
          data={kinds}
          value={kind}
          onChange={(next) => next && setKind(next as ChannelKind)}
          allowDeselect={false}
        />
        <Button type="submit" leftSection={<IconPlus size={16} />} disabled={!name.trim()} loading={save.isPending}>
          {t('add_channel')}
        </Button>
      </Group>
    </form>
  )
}
