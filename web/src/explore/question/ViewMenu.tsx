/** The saved view of this page: save it, and when it came from one: has it changed since, update, rename, share, delete. */
import { Button, Checkbox, Menu, Popover, Stack, TextInput, VisuallyHidden } from '@mantine/core'
import { IconBookmark, IconBookmarkFilled, IconChevronDown } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { Problem } from '@/api/problem'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { usePathsBody } from '../scope/pathScope'
import { usePlace, type Request } from './context'
import { useDeleteViewWithUndo } from './useDeleteViewWithUndo'
import classes from './ViewMenu.module.css'
import { questionOfView, useChangeView, useSaveView, useView, VIEW, viewAddress, type View } from './views'

interface Kept {
  /** The engine's question: that of the page, or the comparison. */
  engine: string
  request: Request
}

export function ViewMenu({ engine, request }: Kept) {
  const [params] = useSearchParams()
  const { question } = usePlace()
  const view = useView(params.get(VIEW)).data
  // A view of another question is not what this page shows.
  return view && questionOfView(view)?.key === question.key ? (
    <OfView view={view} engine={engine} request={request} />
  ) : (
    <SaveNew engine={engine} request={request} />
  )
}

function useKept({ engine, request }: Kept) {
  const [params, setParams] = useSearchParams()
  const body = usePathsBody()
  return {
    kept: { question: engine, request: { ...body, ...request }, address: viewAddress(params) },
    /** The address says from now on which view it shows. */
    name: (view: View | null) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old)
          if (view) next.set(VIEW, view.id)
          else next.delete(VIEW)
          return next
        },
        { replace: true },
      ),
  }
}

function SaveNew({ engine, request }: Kept) {
  const t = useT('explore')
  const [opened, setOpened] = useState(false)
  const save = useSaveView()
  const { kept, name } = useKept({ engine, request })
  return (
    <Naming
      opened={opened}
      onChange={setOpened}
      title={t('view.save')}
      problem={save.error}
      busy={save.isPending}
      onDone={(given) => save.mutate({ ...kept, ...given }, { onSuccess: (view) => (name(view), setOpened(false)) })}
    >
      <Button
        size="xs"
        variant="default"
        leftSection={<IconBookmark size={15} />}
        disabled={request === null}
        onClick={() => setOpened(!opened)}
      >
        {t('view.save')}
      </Button>
    </Naming>
  )
}

function OfView({ view, engine, request }: Kept & { view: View }) {
  const t = useT('explore')
  const tell = useTellProblem()
  const { canEdit } = useWorkspace()
  const { kept, name } = useKept({ engine, request })
  const save = useSaveView()
  const change = useChangeView()
  const drop = useDeleteViewWithUndo()
  const [asking, setAsking] = useState<'rename' | 'copy' | null>(null)
  const changed = kept.address !== view.address
  const mayChange = view.shared ? canEdit : true
  const mutation = asking === 'copy' ? save : change

  function done(given: { name: string; shared: boolean }) {
    if (asking === 'copy') {
      save.mutate({ ...kept, ...given }, { onSuccess: (made) => (name(made), setAsking(null)) })
    } else {
      change.mutate({ id: view.id, name: given.name }, { onSuccess: () => setAsking(null) })
    }
  }

  return (
    <Naming
      key={asking}
      plain
      opened={asking !== null}
      onChange={(opened) => !opened && setAsking(null)}
      title={t(asking === 'copy' ? 'view.save_as' : 'view.rename')}
      usual={view.name}
      sharing={asking === 'copy'}
      problem={mutation.error}
      busy={mutation.isPending}
      onDone={done}
    >
      <span>
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <Button
              size="xs"
              variant="light"
              leftSection={<IconBookmarkFilled size={14} />}
              rightSection={<IconChevronDown size={14} />}
              maw={280}
            >
              <VisuallyHidden>{t('view.is')}</VisuallyHidden>{' '}
              <bdi className={classes.name}>{view.name}</bdi>
              {changed && ' '}
              {changed && <span className={classes.changed}>{t('view.changed')}</span>}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {changed && mayChange && view.question === engine && (
              <Menu.Item
                disabled={request === null}
                onClick={() =>
                  change.mutate({ id: view.id, request: kept.request, address: kept.address }, { onError: tell })
                }
              >
                {t('view.update')}
              </Menu.Item>
            )}
            {changed && (
              <Menu.Item component={Link} to={`?${view.address}${view.address && '&'}${VIEW}=${view.id}`}>
                {t('view.back')}
              </Menu.Item>
            )}
            <Menu.Item disabled={request === null} onClick={() => setAsking('copy')}>
              {t('view.save_as')}
            </Menu.Item>
            {mayChange && <Menu.Item onClick={() => setAsking('rename')}>{t('view.rename')}</Menu.Item>}
            {canEdit && (!view.shared || view.mine) && (
              <Menu.Item onClick={() => change.mutate({ id: view.id, shared: !view.shared }, { onError: tell })}>
                {t(view.shared ? 'view.unshare' : 'view.share')}
              </Menu.Item>
            )}
            {mayChange && (
              <Menu.Item color="red" onClick={() => drop(view, () => name(null))}>
                {t('ui:delete')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </span>
    </Naming>
  )
}

/** A name, and whether it is for the workspace; used to save, to save as, and to rename. */
export function Naming(props: {
  opened: boolean
  onChange: (opened: boolean) => void
  title: string
  usual?: string
  /** Whether sharing is asked too. */
  sharing?: boolean
  problem: Problem | null
  busy: boolean
  /** The child is a menu's button, which says of itself what it opens. */
  plain?: boolean
  onDone: (given: { name: string; shared: boolean }) => void
  children: ReactNode
}) {
  const t = useT('explore')
  const problemText = useProblemText()
  const { canEdit } = useWorkspace()
  const [text, setText] = useState(props.usual ?? '')
  const [shared, setShared] = useState(false)
  return (
    <Popover opened={props.opened} onChange={props.onChange} position="bottom-end" width={290} withRoles={!props.plain} trapFocus returnFocus>
      <Popover.Target>{props.children}</Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim()) props.onDone({ name: text.trim(), shared: canEdit && shared })
          }}
        >
          <Stack gap="sm">
            <TextInput
              data-autofocus
              size="sm"
              label={t('view.name')}
              value={text}
              maxLength={200}
              error={props.problem ? problemText(props.problem).title : undefined}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {(props.sharing ?? true) &&
              (canEdit ? (
                <Checkbox
                  size="sm"
                  label={t('view.for_all')}
                  checked={shared}
                  onChange={(event) => setShared(event.currentTarget.checked)}
                />
              ) : (
                <span className="hs-faint">{t('view.own_only')}</span>
              ))}
            <Button type="submit" size="xs" loading={props.busy} disabled={text.trim() === ''}>
              {props.title}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
