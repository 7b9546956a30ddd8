/** What differs between two maps or versions: side by side, or as a list. */
import { ActionIcon, Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowsExchange, IconChevronLeft, IconChevronRight, IconFileTypeCsv } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { InspectorPanel } from '@/ui/InspectorPanel'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { tableAddress, useComparison, type Comparison, type Difference } from './api'
import { countKinds, filtered, isKind, keyOf, KINDS, ownersOf, type Filter, type Kind } from './differences'
import { DifferenceList } from './DifferenceList'
import { FieldChanges } from './FieldChanges'
import { KIND_ICONS, KindMarks } from './KindMark'
import { Picker, useChoices } from './Picker'
import { SideBySide } from './SideBySide'
import '../texts'
import classes from './compare.module.css'

export function Component() {
  const t = useT('maps/compare')
  const { m = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const before = params.get('before') ?? ''
  const after = params.get('after') ?? `map:${m}`
  const { groups, nameOf } = useChoices(m)
  const { data, error, isPending, refetch } = useComparison(before, after)
  const problem = useProblemText()
  const [selected, setSelected] = useState<string | null>(null)

  function set(values: Record<string, string | null>) {
    setParams(
      (old) => {
        const next = new URLSearchParams(old)
        for (const [name, value] of Object.entries(values)) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true },
    )
  }

  const chosen = data?.differences.find((one) => keyOf(one) === selected) ?? null
  return (
    <Screen
      crumbs={[
        { label: t('maps:maps'), to: 'maps' },
        { label: data?.after.title ?? t('maps:map'), to: `maps/${m}` },
        { label: t('title') },
      ]}
      width="full"
      aside={chosen && <Chosen difference={chosen} onClose={() => setSelected(null)} />}
    >
      <div className={classes.screen}>
        <div className={classes.pickers}>
          <Picker label={t('before')} value={before} groups={groups} onChange={(value) => set({ before: value })} />
          <ActionIcon
            variant="default"
            aria-label={t('swap')}
            title={t('swap')}
            disabled={!before}
            onClick={() => set({ before: after, after: before })}
          >
            <IconArrowsExchange size={17} className={classes.swapIcon} />
          </ActionIcon>
          <Picker label={t('after')} value={after} groups={groups} onChange={(value) => set({ after: value })} />
        </div>
        {!before ? (
          <EmptyState picture="map" title={t('choose')} text={t('choose_help')} />
        ) : error ? (
          <ErrorState problem={problem(error)} onRetry={() => void refetch()} />
        ) : isPending ? (
          <Loading lines={9} label={t('comparing')} />
        ) : (
          <Compared
            comparison={data}
            names={[nameOf(before) || data.before.title, nameOf(after) || data.after.title]}
            before={before}
            after={after}
            view={params.get('view') === 'list' ? 'list' : 'boards'}
            filter={{ kinds: (params.get('kinds') ?? '').split(',').filter(isKind), owner: params.get('owner') }}
            set={set}
            selected={chosen}
            onSelect={(one) => setSelected(one && keyOf(one))}
          />
        )}
      </div>
    </Screen>
  )
}

function Compared(props: {
  comparison: Comparison
  names: [string, string]
  before: string
  after: string
  view: 'list' | 'boards'
  filter: Filter
  set: (values: Record<string, string | null>) => void
  selected: Difference | null
  onSelect: (difference: Difference | null) => void
}) {
  const { comparison, names, filter, set, selected, onSelect } = props
  const t = useT('maps/compare')
  const formats = useFormats()
  const { w = '' } = useParams()
  const narrow = useMediaQuery('(max-width: 820px)', false, { getInitialValueInEffect: false })
  const all = comparison.differences
  const shown = useMemo(() => filtered(all, filter), [all, filter])
  const counts = useMemo(() => countKinds(all), [all])
  const owners = useMemo(() => ownersOf(all), [all])
  const list = narrow || props.view === 'list'

  if (all.length === 0) return <EmptyState picture="map" title={t('same')} text={t('same_help')} />

  function toggle(kind: Kind) {
    const kinds = filter.kinds.includes(kind) ? filter.kinds.filter((one) => one !== kind) : [...filter.kinds, kind]
    set({ kinds: kinds.join(',') })
  }

  function step(by: 1 | -1) {
    const at = selected ? shown.findIndex((one) => keyOf(one) === keyOf(selected)) : -1
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length
    onSelect(shown[next] ?? null)
  }

  return (
    <>
      <div className={classes.tools}>
        {!narrow && (
          <SegmentedControl
            size="xs"
            value={props.view}
            onChange={(view) => set({ view: view === 'list' ? 'list' : null })}
            aria-label={t('view.label')}
            data={(['boards', 'list'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
          />
        )}
        <Group gap={6} role="group" aria-label={t('kinds')}>
          {KINDS.map((kind) => {
            const Icon = KIND_ICONS[kind]
            return (
              <button
                key={kind}
                type="button"
                className={classes.filter}
                data-kind={kind}
                aria-pressed={filter.kinds.includes(kind)}
                disabled={counts[kind] === 0}
                onClick={() => toggle(kind)}
              >
                <Icon size={14} aria-hidden="true" />
                {t(`kind.${kind}`)} <span className="hs-tabular">{formats.num(counts[kind])}</span>
              </button>
            )
          })}
        </Group>
        {owners.length > 0 && (
          <Select
            size="xs"
            aria-label={t('owner')}
            placeholder={t('all_owners')}
            data={owners}
            value={filter.owner}
            onChange={(owner) => set({ owner })}
            clearable
            w={170}
          />
        )}
        <span className={classes.spring} />
        <Text size="sm" role="status">
          {t('count', { count: shown.length })}
        </Text>
        {!list && (
          <ActionIcon.Group>
            <ActionIcon variant="default" aria-label={t('previous')} title={t('previous')} disabled={shown.length === 0} onClick={() => step(-1)}>
              <IconChevronLeft size={16} className="hs-mirror" />
            </ActionIcon>
            <ActionIcon variant="default" aria-label={t('next')} title={t('next')} disabled={shown.length === 0} onClick={() => step(1)}>
              <IconChevronRight size={16} className="hs-mirror" />
            </ActionIcon>
          </ActionIcon.Group>
        )}
        <Button
          size="xs"
          variant="default"
          component="a"
          href={tableAddress(w, props.before, props.after, filter.kinds, filter.owner)}
          download
          leftSection={<IconFileTypeCsv size={15} />}
        >
          {t('csv')}
        </Button>
      </div>
      {list ? (
        shown.length === 0 ? (
          <EmptyState picture="map" title={t('none_such')} />
        ) : (
          <DifferenceList differences={shown} />
        )
      ) : (
        <SideBySide comparison={comparison} differences={shown} names={names} selected={selected} onSelect={onSelect} />
      )}
    </>
  )
}

function Chosen({ difference, onClose }: { difference: Difference; onClose: () => void }) {
  const t = useT('maps/compare')
  return (
    <InspectorPanel
      title={difference.said || t('no_text')}
      kind={`${difference.part_label} · ${difference.stage_name}`}
      onClose={onClose}
    >
      <KindMarks kinds={difference.kinds} />
      {difference.owners.length > 0 && (
        <p className={classes.owners}>{t('owners', { names: difference.owners.join(t('ui:list_joiner')) })}</p>
      )}
      <FieldChanges difference={difference} />
    </InspectorPanel>
  )
}
