/** The versions of a map, newest first: kept by somebody under a name, or by the map itself. */
import { ActionIcon, Button, Group, Menu, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { IconArrowsDiff, IconBookmark, IconBookmarkOff, IconDotsVertical, IconEye, IconPencil, IconRestore } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { Link, useParams } from 'react-router'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { InspectorPanel } from '@/ui/InspectorPanel'
import { ErrorState, Loading } from '@/ui/States'
import { useLiveState, useSession } from '../session'
import { useFollowVersions, useKeepVersion, useRenameVersion, useVersions, type Version } from './api'
import { useRestore } from './restore'
import { useVersionName } from './useVersionName'
import classes from './versions.module.css'

export function VersionsPanel({ onClose }: { onClose: () => void }) {
  const t = useT('maps/versions')
  const { m = '' } = useParams()
  const { readOnly } = useSession()
  const problem = useProblemText()
  const [namedOnly, setNamedOnly] = useState(false)
  const versions = useVersions(m)
  useFollowVersions(m)
  const found = versions.data?.pages.flatMap((page) => page.items) ?? []
  const shown = namedOnly ? found.filter((one) => one.name) : found
  return (
    <InspectorPanel title={t('title')} kind={t('maps:map')} onClose={onClose}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('intro')}
      </Text>
      {!readOnly && <KeepForm map={m} />}
      {versions.error && <ErrorState problem={problem(versions.error)} onRetry={() => void versions.refetch()} />}
      {versions.isPending && <Loading lines={5} />}
      {found.length > 0 && (
        <Switch
          size="xs"
          mt="md"
          label={t('named_only')}
          checked={namedOnly}
          onChange={(event) => setNamedOnly(event.currentTarget.checked)}
        />
      )}
      {versions.data && shown.length === 0 && (
        <Text size="sm" className={classes.none}>
          {t(namedOnly ? 'none_named' : 'none')}
        </Text>
      )}
      <Days versions={shown} map={m} />
      {versions.hasNextPage && (
        <Button variant="subtle" size="compact-sm" mt="sm" loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          {t('ui:show_more')}
        </Button>
      )}
    </InspectorPanel>
  )
}

function KeepForm({ map }: { map: string }) {
  const t = useT('maps/versions')
  const tell = useTellProblem()
  const { live, announce } = useSession()
  const { saved } = useLiveState(live)
  const keep = useKeepVersion(map)
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!name.trim()) return
    try {
      await keep.mutateAsync({ name: name.trim(), ...(note.trim() ? { note: note.trim() } : {}) })
      announce(t('kept', { name: name.trim() }))
      setName('')
      setNote('')
    } catch (problem) {
      tell(problem)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="xs">
        <TextInput
          label={t('name_now')}
          placeholder={t('name_example')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
        />
        {name.trim() && (
          <>
            <Textarea
              label={t('note')}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={5000}
              autosize
              minRows={2}
              maxRows={6}
            />
            {/* What is still on its way to the server would not be in it. */}
            <Button type="submit" size="xs" leftSection={<IconBookmark size={15} />} loading={keep.isPending} disabled={!saved}>
              {t('keep')}
            </Button>
          </>
        )}
      </Stack>
    </form>
  )
}

function Days({ versions, map }: { versions: readonly Version[]; map: string }) {
  const formats = useFormats()
  const days = new Map<string, Version[]>()
  for (const one of versions) {
    const day = formats.longDate(one.at)
    days.set(day, [...(days.get(day) ?? []), one])
  }
  return [...days].map(([day, those]) => (
    <section key={day} aria-label={day} className={classes.day}>
      <h3 className={classes.dayName}>{day}</h3>
      <ul className={classes.list}>
        {those.map((one) => (
          <VersionLine key={one.id} version={one} map={map} />
        ))}
      </ul>
    </section>
  ))
}

function VersionLine({ version, map }: { version: Version; map: string }) {
  const t = useT('maps/versions')
  const formats = useFormats()
  const { w = '' } = useParams()
  const { readOnly } = useSession()
  const nameOf = useVersionName()
  const { restore, pending } = useRestore(map)
  const tell = useTellProblem()
  const rename = useRenameVersion(map)
  const [editing, setEditing] = useState(false)
  const name = nameOf(version)
  const here = `/w/${w}/maps/${map}`
  const at = formats.time(version.at)
  return (
    <li className={classes.version} data-named={version.name ? true : undefined}>
      {editing ? (
        <Rename version={version} map={map} onDone={() => setEditing(false)} />
      ) : (
        <>
          <Group justify="space-between" wrap="nowrap" align="flex-start" gap={4}>
            <div className={classes.what}>
              <div className={classes.name}>
                {version.name && <IconBookmark size={14} aria-hidden="true" className={classes.bookmark} />}
                <bdi>{name}</bdi>
              </div>
              <div className={classes.who}>
                <span className="hs-tabular">{at}</span>
                {version.by && (
                  <>
                    {' · '}
                    <bdi>{version.by}</bdi>
                  </>
                )}
                {' · '}
                {t('cards', { count: version.cards })}
              </div>
            </div>
            {!readOnly && (
              <Menu position="bottom-end" withinPortal>
                <Menu.Target>
                  <ActionIcon variant="subtle" color="gray" size="sm" loading={pending} aria-label={t('menu', { name, at })}>
                    <IconDotsVertical size={15} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconRestore size={15} />} onClick={() => restore(version.id)}>
                    {t('restore')}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
                    {t(version.name ? 'rename' : 'give_name')}
                  </Menu.Item>
                  {version.name && (
                    <Menu.Item
                      leftSection={<IconBookmarkOff size={15} />}
                      onClick={() => void rename.mutateAsync({ v: version.id, name: null }).catch(tell)}
                    >
                      {t('take_name')}
                    </Menu.Item>
                  )}
                </Menu.Dropdown>
              </Menu>
            )}
          </Group>
          {version.note && <p className={`${classes.note} hs-plain`}>{version.note}</p>}
          <Group gap={6} mt={4}>
            <Button
              component={Link}
              to={`${here}/versions/${version.id}`}
              size="compact-xs"
              variant="default"
              leftSection={<IconEye size={13} aria-hidden="true" />}
              aria-label={t('preview_of', { name, at })}
            >
              {t('preview')}
            </Button>
            <Button
              component={Link}
              to={`${here}/compare?before=version:${version.id}&after=map:${map}`}
              size="compact-xs"
              variant="default"
              leftSection={<IconArrowsDiff size={13} aria-hidden="true" />}
              aria-label={t('compare_of', { name, at })}
            >
              {t('compare_now')}
            </Button>
          </Group>
        </>
      )}
    </li>
  )
}

function Rename({ version, map, onDone }: { version: Version; map: string; onDone: () => void }) {
  const t = useT('maps/versions')
  const tell = useTellProblem()
  const rename = useRenameVersion(map)
  const [name, setName] = useState(version.name)
  const [note, setNote] = useState(version.note)
  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!name.trim()) return
    try {
      await rename.mutateAsync({ v: version.id, name: name.trim(), note: note.trim() || null })
      onDone()
    } catch (problem) {
      tell(problem)
    }
  }
  return (
    <form
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onDone()
      }}
    >
      <Stack gap="xs">
        <TextInput label={t('name')} size="xs" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} autoFocus />
        <Textarea label={t('note')} size="xs" value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={5000} autosize minRows={2} maxRows={6} />
        <Group gap="xs">
          <Button type="submit" size="compact-xs" loading={rename.isPending} disabled={!name.trim()}>
            {t('ui:save')}
          </Button>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onDone}>
            {t('ui:cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
