/** The map's own line: title, kind, undo and redo, whether it is saved, and which half is shown. */
import { ActionIcon, Badge, Button, SegmentedControl, Tooltip, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import {
  IconArrowBackUp, IconArrowForwardUp, IconChartBar, IconCloudCheck, IconCloudOff, IconCloudUp, IconInfoCircle, IconLayersIntersect,
  IconPencil, type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import type { Shown } from './board/Board'
import { InlineText } from './board/InlineText'
import { ExportMenu } from './ExportMenu'
import { PANELS, type Panel } from './panels'
import { useSelection } from './selection'
import { useLiveState, useMap, useSession, useUndo } from './session'
import { Faces } from './together/Faces'
import { FutureLinks } from './versions/FutureLinks'
import classes from './MapScreen.module.css'

export function MapHead({ shown, onShown, narrow, children }: { shown: Shown; onShown: (next: Shown) => void; narrow: boolean; children?: ReactNode }) {
  const t = useT('maps')
  const meta = useMap((snapshot) => snapshot.meta)
  const { run, readOnly, announce } = useSession()
  const { editing, edit, select } = useSelection()
  const { canUndo, canRedo, ...history } = useUndo()
  function undo() {
    if (readOnly) return
    history.undo()
    announce(t(canUndo ? 'said.undone' : 'said.nothing_to_undo'))
  }
  function redo() {
    if (readOnly) return
    history.redo()
    announce(t(canRedo ? 'said.redone' : 'said.nothing_to_redo'))
  }
  // By the key's place: on a Persian keyboard the same key writes «ظ».
  useHotkeys([
    ['mod+Z', undo, { usePhysicalKeys: true }],
    ['mod+shift+Z', redo, { usePhysicalKeys: true }],
    ['mod+Y', redo, { usePhysicalKeys: true }],
  ])
  return (
    <div className={classes.head}>
      <div className={classes.title}>
        {editing === 'title' && !readOnly ? (
          <InlineText
            value={meta.title}
            label={t('map_title')}
            onSave={(title) => run({ do: 'set_map', fields: { title } })}
            onClose={() => edit(null)}
          />
        ) : readOnly ? (
          <span className={classes.titleText} title={meta.title}>
            {meta.title}
          </span>
        ) : (
          <UnstyledButton
            className={classes.titleText}
            fz="inherit"
            fw="inherit"
            onClick={() => edit('title')}
            title={`${meta.title} (${t('rename')})`}
          >
            {meta.title}
          </UnstyledButton>
        )}
      </div>
      <Badge variant="light" color="gray" tt="none" radius="sm" className={classes.kind}>
        {t(`kind.${meta.kind}`)}
      </Badge>
      <div className={classes.tools}>
        <Tooltip label={t('about_map')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={() => select({ kind: 'map', id: '' })}
            data-opens="inspector"
            aria-label={t('about_map')}
          >
            <IconInfoCircle size={17} />
          </ActionIcon>
        </Tooltip>
        {PANELS.map((panel) => (
          <PanelButton key={panel.key} panel={panel} />
        ))}
        <FutureLinks />
        <ExportMenu />
        {children}
      </div>
      {readOnly && (
        <Badge variant="outline" color="gray" tt="none" radius="sm">
          {t('read_only')}
        </Badge>
      )}
      <Saved />
      <span className={classes.spring} />
      <Faces />
      {!narrow && (
        <SegmentedControl
          size="xs"
          value={shown}
          onChange={(next) => onShown(next as Shown)}
          aria-label={t('shown.label')}
          data={SHOWN.map(({ value, icon: Shape }) => ({
            value,
            label: (
              <span className={classes.half} title={t(`shown.${value}`)}>
                <Shape size={15} aria-hidden="true" />
                <span className={classes.spare}>{t(`shown.${value}`)}</span>
              </span>
            ),
          }))}
        />
      )}
      {!readOnly && (
        <ActionIcon.Group>
          <ActionIcon
            variant="default"
            disabled={!canUndo}
            onClick={undo}
            aria-label={t('ui:undo')}
            title={`${t('ui:undo')} (Ctrl+Z)`}
          >
            <IconArrowBackUp size={17} className="hs-mirror" />
          </ActionIcon>
          <ActionIcon
            variant="default"
            disabled={!canRedo}
            onClick={redo}
            aria-label={t('redo')}
            title={`${t('redo')} (Ctrl+Y)`}
          >
            <IconArrowForwardUp size={17} className="hs-mirror" />
          </ActionIcon>
        </ActionIcon.Group>
      )}
    </div>
  )
}

const SHOWN: readonly { value: Shown; icon: Icon }[] = [
  { value: 'drawn', icon: IconPencil },
  { value: 'both', icon: IconLayersIntersect },
  { value: 'measured', icon: IconChartBar },
]

const nothing = () => 0

/** Opens a panel; the number is what it has to say now. */
function PanelButton({ panel }: { panel: Panel }) {
  const t = useT('maps')
  const shown = useFormats()
  const count = (panel.useCount ?? nothing)()
  const { selected, select } = useSelection()
  const open = selected?.kind === 'panel' && selected.id === panel.key
  const name = t(`panel.${panel.key}`)
  return (
    <Tooltip label={name}>
      <Button
        size="compact-sm"
        variant={open ? 'light' : 'subtle'}
        color={open ? undefined : 'gray'}
        className={classes.panel}
        aria-pressed={open}
        data-opens="inspector"
        onClick={() => select(open ? null : { kind: 'panel', id: panel.key })}
      >
        <panel.icon size={16} aria-hidden="true" />
        {/* Where the head is narrow only its icon is seen; the name is still its name. */}
        <span className={classes.panelName}>{name}</span>
        {count > 0 && <span className={`${classes.count} hs-tabular`}>{shown.num(count)}</span>}
      </Button>
    </Tooltip>
  )
}

/** Said only when it is true: the server has stored all that is on this screen. */
function Saved() {
  const t = useT('maps')
  const { live, readOnly } = useSession()
  const { connection, saved, trouble } = useLiveState(live)
  if (trouble === 'not_stored') {
    return (
      <span className={classes.saved} data-kind="offline" role="status">
        <IconCloudOff size={15} aria-hidden="true" />
        <span>{t('saved.not_stored')}</span>
      </span>
    )
  }
  if (connection === 'offline') {
    return (
      <span className={classes.saved} data-kind="offline" role="status">
        <IconCloudOff size={15} aria-hidden="true" />
        <span>{t(saved ? 'saved.offline' : 'saved.offline_unsaved')}</span>
      </span>
    )
  }
  if (readOnly) return null
  return (
    <span className={classes.saved} role="status" title={t(saved ? 'saved.yes' : 'saved.saving')}>
      {saved ? <IconCloudCheck size={15} aria-hidden="true" /> : <IconCloudUp size={15} aria-hidden="true" />}
      <span className={classes.spare}>{t(saved ? 'saved.yes' : 'saved.saving')}</span>
    </span>
  )
}
