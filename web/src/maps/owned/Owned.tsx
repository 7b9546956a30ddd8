/** Who answers for what across maps: mine, nobody's, anybody's; each leads to its place. The choices live in the address. */
import { Anchor, Button, NativeSelect, SegmentedControl, Select, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { WORK_LANES } from '@/editor/owners'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { useMembers, useTeams } from '@/library/api'
import { useProblemText } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { useMaps } from '../api'
import '../texts'
import { useOwned, useOwnedCounts, useOwnedTouchpoints, type OwnedPart, type OwnedTouchpoint } from './api'
import classes from './Owned.module.css'

const WHO = ['mine', 'none', 'any'] as const
type Who = (typeof WHO)[number]
const FIELDS = ['kind', 'map', 'stage'] as const
/** The kind that is of the library, not of a map. */
const TOUCHPOINT = 'touchpoint'

export function Component() {
  const t = useT('maps/owned')
  const { id: w } = useWorkspace()
  const [params, setParams] = useSearchParams()
  const problem = useProblemText()
  const owner = params.get('who') ?? 'mine'
  const who: Who = WHO.find((one) => one === owner) ?? 'any'
  const [search, setSearch] = useState('')
  const [sought] = useDebouncedValue(search, 250)
  const chosen = Object.fromEntries(FIELDS.map((field) => [field, params.get(field) ?? ''])) as Record<(typeof FIELDS)[number], string>
  const asked = { owner, ...chosen, search: sought }
  const onlyTouchpoints = chosen.kind === TOUCHPOINT
  const withTouchpoints = onlyTouchpoints || (chosen.kind === '' && chosen.stage === '')
  const parts = useOwned(asked, !onlyTouchpoints)
  const touchpoints = useOwnedTouchpoints(asked, withTouchpoints)
  const columns = useColumns()
  const maps = useMaps().data ?? []
  const set = (field: string, value: string | null) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old)
        if (value) next.set(field, value)
        else next.delete(field)
        if (field === 'map') next.delete('stage')
        return next
      },
      { replace: true },
    )
  const stages = [...new Set(maps.filter((map) => !chosen.map || map.id === chosen.map).flatMap((map) => map.stages))]
  const rows = parts.data?.pages.flatMap((page) => page.items) ?? []
  const found = withTouchpoints ? (touchpoints.data ?? []) : []
  const failed = parts.error ?? touchpoints.error
  const waiting = (!onlyTouchpoints && !parts.data) || (withTouchpoints && !touchpoints.data)
  const filtered = FIELDS.some((field) => chosen[field]) || sought !== ''
  const said = who === 'any' || filtered ? 'any' : who

  return (
    <Screen crumbs={[{ label: t('title') }]} actions={<Button component={Link} to={`/w/${w}/settings/teams`} variant="default">{t('open_teams')}</Button>}>
      <div className={classes.filters}>
        <SegmentedControl
          aria-label={t('who.label')}
          value={who}
          onChange={(next) => set('who', next)}
          data={WHO.map((value) => ({ value, label: t(`who.${value}`) }))}
        />
        {who === 'any' && <WhoSelect value={owner === 'any' ? null : owner} onChoose={(next) => set('who', next ?? 'any')} />}
        <NativeSelect
          aria-label={t('kind')}
          value={chosen.kind}
          onChange={(event) => set('kind', event.currentTarget.value)}
          data={[
            { value: '', label: t('every_kind') },
            { value: 'stage', label: t('stage_kind') },
            { value: TOUCHPOINT, label: t('touchpoint_kind') },
            ...[...WORK_LANES].map((kind) => ({ value: kind, label: t(`maps:lane.${kind}`) })),
          ]}
        />
        <NativeSelect
          aria-label={t('map')}
          value={chosen.map}
          onChange={(event) => set('map', event.currentTarget.value)}
          data={[{ value: '', label: t('every_map') }, ...maps.map((map) => ({ value: map.id, label: map.title }))]}
        />
        <NativeSelect
          aria-label={t('stage')}
          value={chosen.stage}
          onChange={(event) => set('stage', event.currentTarget.value)}
          data={[{ value: '', label: t('every_stage') }, ...stages]}
        />
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      {who !== 'any' && <p className="hs-soft">{t(`${who}_help`)}</p>}
      {who === 'none' && !onlyTouchpoints && <Counts chosen={chosen.map} onChoose={(map) => set('map', map === chosen.map ? null : map)} />}
      {failed ? (
        <ErrorState problem={problem(failed)} onRetry={() => void Promise.all([parts.refetch(), touchpoints.refetch()])} />
      ) : waiting ? (
        <Loading lines={8} />
      ) : (
        <>
          {rows.length === 0 && found.length === 0 && <EmptyState picture="people" title={t(`empty.${said}`)} text={t(`empty.${said}_help`)} />}
          {rows.length > 0 && (
            <>
              <p role="status" className="hs-faint">
                {t('count', { count: parts.data?.pages[0]?.total ?? 0 })}
              </p>
              <DataTable
                label={t('title')}
                columns={columns}
                rows={rows}
                rowKey={(row) => `${row.map}:${row.part}:${row.id}`}
                more={parts.hasNextPage ? { onMore: () => void parts.fetchNextPage(), loading: parts.isFetchingNextPage } : undefined}
              />
            </>
          )}
          {found.length > 0 && <Touchpoints rows={found} />}
        </>
      )}
    </Screen>
  )
}

const placeOf = (w: string, row: OwnedPart): string => `/w/${w}/maps/${row.map}?at=${row.part}:${row.id}`

function useColumns(): Column<OwnedPart>[] {
  const t = useT('maps/owned')
  const { id: w } = useWorkspace()
  return [
    {
      key: 'what',
      header: t('what'),
      bare: true,
      cell: (row) => (
        <Anchor component={Link} to={placeOf(w, row)} className="hs-plain">
          {plainText(row.text) || t('maps:card_empty')}
        </Anchor>
      ),
    },
    { key: 'kind', header: t('kind'), cell: (row) => (row.part === 'card' ? t(`maps:lane.${row.lane_kind}`) : t(`${row.part}_kind`)) },
    { key: 'stage', header: t('stage'), cell: (row) => <bdi>{row.stage}</bdi> },
    { key: 'map', header: t('map'), cell: (row) => <bdi>{row.map_title}</bdi> },
    { key: 'owner', header: t('owner'), cell: (row) => <Owner owner={row.owner} /> },
  ]
}

function Owner({ owner }: { owner: OwnedPart['owner'] }) {
  const t = useT('maps/owned')
  if (!owner) return <span className="hs-faint">{t('nobody')}</span>
  return (
    <span>
      <bdi>{owner.name}</bdi> {owner.gone && <span className="hs-faint">({t('gone')})</span>}
    </span>
  )
}

/** Touchpoints of the library, which all maps share. */
function Touchpoints({ rows }: { rows: OwnedTouchpoint[] }) {
  const t = useT('maps/owned')
  const { id: w } = useWorkspace()
  const columns: Column<OwnedTouchpoint>[] = [
    {
      key: 'name',
      header: t('what'),
      bare: true,
      cell: (row) => (
        <Anchor component={Link} to={`/w/${w}/touchpoints?at=${row.id}`} className="hs-plain">
          {row.name}
        </Anchor>
      ),
    },
    { key: 'channel', header: t('channel'), cell: (row) => <bdi>{row.channel}</bdi> },
    { key: 'owner', header: t('owner'), cell: (row) => <Owner owner={row.owner} /> },
  ]
  return (
    <section aria-labelledby="owned-touchpoints">
      <h2 id="owned-touchpoints" className={classes.heading}>
        {t('touchpoints')} <span className="hs-faint hs-tabular">{t('touchpoint_count', { count: rows.length })}</span>
      </h2>
      <DataTable label={t('touchpoints')} columns={columns} rows={rows} rowKey={(row) => row.id} page={50} />
    </section>
  )
}

function WhoSelect({ value, onChoose }: { value: string | null; onChoose: (owner: string | null) => void }) {
  const t = useT('maps/owned')
  const members = useMembers().data ?? []
  const teams = useTeams().data?.items ?? []
  return (
    <Select
      aria-label={t('choose')}
      placeholder={t('choose')}
      data={[
        { group: t('teams'), items: teams.map((one) => ({ value: `team:${one.id}`, label: one.name })) },
        { group: t('members'), items: members.map((one) => ({ value: `member:${one.id}`, label: one.name || one.email })) },
      ]}
      value={value}
      onChange={onChoose}
      searchable
      clearable
      nothingFoundMessage={t('ui:nothing_found')}
    />
  )
}

/** How much of each map nobody answers for; pressing one shows only it. */
function Counts({ chosen, onChoose }: { chosen: string; onChoose: (map: string) => void }) {
  const t = useT('maps/owned')
  const counts = (useOwnedCounts().data ?? []).filter((one) => one.unowned > 0)
  if (counts.length === 0) return null
  return (
    <ul className={classes.counts}>
      {counts.map((one) => (
        <li key={one.map}>
          <UnstyledButton className={classes.count} aria-pressed={one.map === chosen} onClick={() => onChoose(one.map)}>
            <bdi>{one.title}</bdi> <span className="hs-faint hs-tabular">{t('without', { count: one.unowned })}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
