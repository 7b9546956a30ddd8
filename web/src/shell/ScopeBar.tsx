/** The date range and the property filter of the page, as two quiet buttons in the top bar. */
import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  Loader,
  NativeSelect,
  Popover,
  Stack,
  TagsInput,
  Tooltip,
} from '@mantine/core'
import { IconCalendar, IconFilter, IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { get } from '@/api/client'
import type { Condition } from '@/api/types'
import { latinDigits } from '@/i18n/format'
import { useFormats, useT } from '@/i18n/locale'
import { useScope, type Scope } from './scope'
import { useWorkspace } from './session'
import classes from './ScopeBar.module.css'

const RangePicker = lazy(() => import('@/ui/RangePicker'))

export default function ScopeBar() {
  const { scope, setScope } = useScope()
  return (
    <Group gap={6} wrap="nowrap" className={classes.bar}>
      <DateRange scope={scope} onChange={setScope} />
      <Filter scope={scope} onChange={setScope} />
    </Group>
  )
}

type Part = { scope: Scope; onChange: (scope: Scope) => void }

function DateRange({ scope, onChange }: Part) {
  const t = useT('shell')
  const shown = useFormats()
  const [opened, setOpened] = useState(false)
  const day = (text: string) => shown.date(`${text}T12:00:00`)
  const label =
    scope.from && scope.to
      ? t('scope.between', { from: day(scope.from), to: day(scope.to) })
      : scope.from
        ? t('scope.since', { from: day(scope.from) })
        : scope.to
          ? t('scope.until', { to: day(scope.to) })
          : t('scope.all_time')
  function choose(from: string | null, to: string | null) {
    onChange({ ...scope, from, to })
    setOpened(false)
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant={scope.from || scope.to ? 'light' : 'default'}
          leftSection={<IconCalendar size={15} />}
          onClick={() => setOpened(!opened)}
          aria-label={t('scope.dates', { range: label })}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.range}>
          <div className={classes.presets}>
            <Button size="xs" variant="subtle" justify="flex-start" onClick={() => choose(null, null)}>
              {t('scope.all_time')}
            </Button>
            {[7, 30, 90, 365].map((days) => (
              <Button
                key={days}
                size="xs"
                variant="subtle"
                justify="flex-start"
                onClick={() => choose(isoDay(1 - days), isoDay(0))}
              >
                {t('scope.last_days', { count: days })}
              </Button>
            ))}
          </div>
          <Suspense fallback={<Loader type="dots" m="xl" />}>
            <RangePicker from={scope.from} to={scope.to} label={t('scope.range')} onChange={choose} />
          </Suspense>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

const NEEDS_LIST = 'in'

function Filter({ scope, onChange }: Part) {
  const t = useT('shell')
  const [opened, setOpened] = useState(false)
  const count = scope.conditions.length
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={340} trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant={count > 0 ? 'light' : 'default'}
          leftSection={<IconFilter size={15} />}
          onClick={() => setOpened(!opened)}
        >
          {count > 0 ? t('scope.filters', { count }) : t('scope.filter')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <span className="hs-faint">{t('scope.filter_help')}</span>
          {scope.conditions.map((condition, index) => (
            <Group key={index} gap={6} wrap="nowrap" className={classes.condition}>
              <span className={classes.sentence}>
                <ConditionText condition={condition} />
              </span>
              <Tooltip label={t('ui:remove')}>
                <ActionIcon
                  size={26}
                  variant="subtle"
                  color="gray"
                  aria-label={t('ui:remove')}
                  onClick={() =>
                    onChange({ ...scope, conditions: scope.conditions.filter((_, other) => other !== index) })
                  }
                >
                  <IconX size={14} />
                </ActionIcon>
              </Tooltip>
            </Group>
          ))}
          <NewCondition
            onAdd={(condition) => onChange({ ...scope, conditions: [...scope.conditions, condition] })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** "province is Tehran", with names and values as they are. */
export function ConditionText({ condition }: { condition: Condition }) {
  const t = useT('shell')
  const values = Array.isArray(condition.value) ? condition.value : [condition.value]
  return (
    <>
      <bdi>
        <b>{condition.property}</b>
      </bdi>{' '}
      {t(`op.${OP_KEY[condition.op]}`)}{' '}
      {condition.op !== 'exists' && <bdi>{values.map(String).join(t('ui:list_joiner'))}</bdi>}
    </>
  )
}

const OP_KEY: Record<Condition['op'], string> = { '=': 'is', in: 'in', '<': 'less', '>': 'more', exists: 'exists' }

/** The properties that events have, and some of their values. */
export function useProperties() {
  const workspace = useWorkspace()
  const { data } = useQuery({
    queryKey: ['properties', workspace.id],
    queryFn: ({ signal }) =>
      get('/api/workspaces/{w}/events/properties', { path: { w: workspace.id }, signal }),
    staleTime: 60_000,
  })
  return data ?? []
}

export function NewCondition({ onAdd }: { onAdd: (condition: Condition) => void }) {
  const t = useT('shell')
  const [property, setProperty] = useState('')
  const [op, setOp] = useState<Condition['op']>('=')
  const [value, setValue] = useState('')
  const [values, setValues] = useState<string[]>([])
  const properties = useProperties()
  const known = properties.find((item) => item.name === property)?.values.map(String) ?? []
  const number = Number(latinDigits(value))
  const numeric = op === '<' || op === '>'
  const ready =
    property.trim() !== '' &&
    (op === 'exists' || (op === NEEDS_LIST ? values.length > 0 : value.trim() !== '' && (!numeric || !Number.isNaN(number))))

  function add() {
    if (!ready) return
    const head = { property: property.trim(), op }
    onAdd(
      op === 'exists' ? head : { ...head, value: op === NEEDS_LIST ? values : numeric ? number : value.trim() },
    )
    setValue('')
    setValues([])
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Stack gap={6}>
        <Autocomplete
          size="xs"
          label={t('scope.property')}
          data={properties.map((item) => item.name)}
          value={property}
          onChange={setProperty}
          comboboxProps={{ withinPortal: false }}
        />
        <Group gap={6} wrap="nowrap" align="flex-end">
          <NativeSelect
            size="xs"
            w={110}
            aria-label={t('scope.operator')}
            value={op}
            onChange={(event) => setOp(event.currentTarget.value as Condition['op'])}
            data={(Object.keys(OP_KEY) as Condition['op'][]).map((key) => ({ value: key, label: t(`op.${OP_KEY[key]}`) }))}
          />
          {op === NEEDS_LIST ? (
            <TagsInput
              size="xs"
              flex={1}
              aria-label={t('scope.value')}
              data={known}
              value={values}
              onChange={setValues}
              comboboxProps={{ withinPortal: false }}
            />
          ) : (
            <Autocomplete
              size="xs"
              flex={1}
              aria-label={t('scope.value')}
              disabled={op === 'exists'}
              data={known}
              value={value}
              onChange={setValue}
              comboboxProps={{ withinPortal: false }}
            />
          )}
        </Group>
        <Button type="submit" size="xs" variant="light" leftSection={<IconPlus size={14} />} disabled={!ready}>
          {t('scope.add')}
        </Button>
      </Stack>
    </form>
  )
}

/** Today moved by some days, as a Gregorian ISO date in the reader's time zone. */
function isoDay(moved: number): string {
  const now = new Date()
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + moved)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
