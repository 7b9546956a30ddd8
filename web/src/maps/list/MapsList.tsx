/** The maps of the workspace: what each is about, how far it is bound, when it was last touched. */
import { ActionIcon, Badge, Button, Menu, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDotsVertical, IconPlugConnected, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useT } from '@/i18n/locale'
import { Checklist } from '@/shell/Checklist'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useScopeSearch } from '@/shell/scope'
import { useWorkspace } from '@/shell/session'
import { searchKey } from '@/i18n/searchKey'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { DateTime } from '@/ui/Values'
import { useDeleteMap, useMaps, type MapRow } from '../api'
import '../texts'
import classes from './MapsList.module.css'

const NewMap = lazy(() => import('./NewMap'))

export function Component() {
  const t = useT('maps/list')
  const { id: w, canEdit } = useWorkspace()
  const go = useNavigate()
  const maps = useMaps()
  const problem = useProblemText()
  const [search, setSearch] = useState('')
  const [making, setMaking] = useState(false)
  const wanted = searchKey(search)
  const rows = (maps.data ?? []).filter((map) => searchKey(`${map.title} ${map.stages.join(' ')}`).includes(wanted))
  const button = canEdit && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {t('new_map')}
    </Button>
  )
  return (
    <Screen crumbs={[{ label: t('maps') }]} actions={(maps.data?.length ?? 0) > 0 && button}>
      {maps.data && <Checklist maps={maps.data} />}
      {maps.error ? (
        <ErrorState problem={problem(maps.error)} onRetry={() => void maps.refetch()} />
      ) : !maps.data ? (
        <Loading lines={6} />
      ) : maps.data.length === 0 ? (
        <EmptyState picture="map" title={t('empty.title')} text={t('empty.text')} action={button} />
      ) : (
        <>
          {maps.data.length > 3 && (
            <TextInput
              className={classes.search}
              aria-label={t('search_maps')}
              placeholder={t('search_maps')}
              leftSection={<IconSearch size={15} aria-hidden="true" />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
          {rows.length === 0 ? (
            <p className="hs-faint">{t('ui:nothing_found')}</p>
          ) : (
            <ul className={classes.list}>
              {rows.map((map) => (
                <MapCard key={map.id} map={map} />
              ))}
            </ul>
          )}
        </>
      )}
      {making && (
        <Suspense fallback={null}>
          <NewMap onClose={() => setMaking(false)} onMade={(map) => void go(`/w/${w}/maps/${map.id}`)} />
        </Suspense>
      )}
    </Screen>
  )
}

function MapCard({ map }: { map: MapRow }) {
  const t = useT('maps/list')
  const { id: w, canEdit } = useWorkspace()
  const scope = useScopeSearch()
  const { drop, restore } = useDeleteMap()
  const tell = useTellProblem()

  function remove() {
    drop.mutate(map.id, {
      onError: tell,
      onSuccess: () => {
        const notice = notifications.show({
          autoClose: 12_000,
          message: (
            <span className={classes.notice}>
              {t('map_deleted', { title: map.title })}
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => restore.mutate(map.id, { onError: tell, onSuccess: () => notifications.hide(notice) })}
              >
                {t('ui:undo')}
              </Button>
            </span>
          ),
        })
      },
    })
  }

  return (
    <li className={`${classes.card} hs-card`}>
      <div className={classes.top}>
        <h2 className={classes.title}>
          <Link to={`/w/${w}/maps/${map.id}${scope}`} className={classes.link}>
            <bdi>{map.title}</bdi>
          </Link>
        </h2>
        {canEdit && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                className={classes.menu}
                aria-label={t('map_menu', { title: map.title })}
              >
                <IconDotsVertical size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={remove}>
                {t('delete_map')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <StageStrip stages={map.stages} />
      <div className={classes.facts}>
        <Badge variant="light" color="gray" radius="sm" tt="none">
          {t(`kind.${map.kind}`)}
        </Badge>
        <span className={classes.fact} data-none={map.bound_touchpoints === 0 || undefined}>
          <IconPlugConnected size={14} aria-hidden="true" />
          {map.placed_touchpoints === 0 ? t('no_touchpoints') : t('bound_of', { bound: map.bound_touchpoints, placed: map.placed_touchpoints })}
        </span>
        <span className={`${classes.fact} hs-faint`}>
          <DateTime at={map.updated_at} show="date" />
          {map.updated_by && (
            <>
              <span aria-hidden="true">·</span> <bdi>{map.updated_by}</bdi>
            </>
          )}
        </span>
      </div>
    </li>
  )
}

/** The stages as the map's own outline: chevrons in reading order. */
export function StageStrip({ stages }: { stages: readonly string[] }) {
  const t = useT('maps/list')
  if (stages.length === 0) return <div className={`${classes.strip} hs-faint`}>{t('no_stages')}</div>
  return (
    <ol className={classes.strip} aria-label={t('stages')}>
      {stages.map((name, index) => (
        <li key={index} className={classes.stage} title={name}>
          <bdi>{name}</bdi>
        </li>
      ))}
    </ol>
  )
}
