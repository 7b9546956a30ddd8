/** Which persons and what a path is, as one quiet button beside date range and filter. */
import {
  ActionIcon, Autocomplete, Button, Divider, Group, NativeSelect, Popover, SegmentedControl, Stack,
  TextInput, Tooltip,
} from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconUsers, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Condition } from '@/api/types'
import { useFormats, useT } from '@/i18n/locale'
import { ConditionText, NewCondition, useProperties } from '@/shell/ScopeBar'
import { NumberField } from '@/ui/NumberField'
import { readTime, writeTime } from '../question/address'
import { EventPick } from '../question/EventPick'
import { activeParts, usePathScope, type PathScope, type Unit } from './pathScope'
import classes from './PathScopeMenu.module.css'

const GAPS = ['10m', '30m', '1h', '2h', '6h', '1d'] as const

export function Component() {
  const t = useT('explore/scope')
  const [opened, setOpened] = useState(false)
  const { paths, setPaths } = usePathScope()
  const active = activeParts(paths)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={380} trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant={active > 0 ? 'light' : 'default'}
          leftSection={<IconUsers size={15} />}
          onClick={() => setOpened(!opened)}
        >
          {paths.unit === 'person' ? t('button') : t(`unit.${paths.unit}`)}
          {active > 0 && paths.unit === 'person' && ` · ${t('active', { count: active })}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu}>
        <Stack gap="sm">
          <Cut paths={paths} onChange={setPaths} />
          <Divider />
          <Persons paths={paths} onChange={setPaths} />
          <Divider />
          <Patterns paths={paths} onChange={setPaths} />
          <NumberField
            size="xs"
            label={t('mingroup')}
            description={t('mingroup_help')}
            least={2}
            most={1_000_000}
            none={t('mingroup_none')}
            value={paths.mingroup}
            onChange={(mingroup) => setPaths({ mingroup })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

type Part = { paths: PathScope; onChange: (change: Partial<PathScope>) => void }

function Cut({ paths, onChange }: Part) {
  const t = useT('explore/scope')
  const shown = useFormats()
  const properties = useProperties()
  const gap = paths.gap === null ? '' : writeTime(paths.gap)
  const property = (label: string, description: string) => (
    <Autocomplete
      size="xs"
      label={label}
      description={description}
      data={properties.map((one) => one.name)}
      value={paths.cut}
      onChange={(cut) => onChange({ cut })}
      comboboxProps={{ withinPortal: false }}
    />
  )
  return (
    <Stack gap={8}>
      <span className={classes.title} id="path-is">{t('path_is')}</span>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby="path-is"
        value={paths.unit}
        data={(['person', 'session', 'instance'] as const).map((value) => ({ value, label: t(`unit.${value}`) }))}
        onChange={(unit) => onChange({ unit: unit as Unit, gap: null, cut: '', restart: [] })}
      />
      <span className="hs-faint">{t(`unit_help.${paths.unit}`)}</span>
      {paths.unit === 'session' && (
        <>
          <NativeSelect
            size="xs"
            label={t('gap')}
            value={gap}
            data={['', ...new Set([...GAPS, gap].filter(Boolean))].map((value) => ({
              value,
              label: value ? shown.duration(readTime(value) ?? 0) : t(paths.cut ? 'gap_none' : 'gap_usual'),
            }))}
            onChange={(event) => onChange({ gap: readTime(event.currentTarget.value) })}
          />
          {property(t('session_column'), t('session_column_help'))}
        </>
      )}
      {paths.unit === 'instance' && (
        <>
          <EventPick
            inside
            size="xs"
            label={t('restart')}
            none={t('restart_none')}
            disabled={paths.cut !== ''}
            value={paths.restart}
            onChange={(restart) => onChange({ restart })}
          />
          {paths.restart.length === 0 && property(t('instance_column'), t('instance_column_help'))}
        </>
      )}
    </Stack>
  )
}

function Persons({ paths, onChange }: Part) {
  const t = useT('explore/scope')
  const [kind, setKind] = useState<'who' | 'wholast'>('who')
  return (
    <Stack gap={8}>
      <span className={classes.title}>{t('persons')}</span>
      {(['who', 'wholast'] as const).flatMap((name) =>
        paths[name].map((condition: Condition, index) => (
          <Group key={`${name}/${index}`} gap={6} wrap="nowrap" className={classes.condition}>
            <span className={classes.sentence}>
              <span className="hs-faint">{t(`${name}_short`)}</span> <ConditionText condition={condition} />
            </span>
            <Tooltip label={t('ui:remove')}>
              <ActionIcon
                size={26}
                variant="subtle"
                color="gray"
                aria-label={t('ui:remove')}
                onClick={() => onChange({ [name]: paths[name].filter((_, other) => other !== index) })}
              >
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          </Group>
        )),
      )}
      <NativeSelect
        size="xs"
        aria-label={t('persons_kind')}
        value={kind}
        data={(['who', 'wholast'] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(event) => setKind(event.currentTarget.value as 'who' | 'wholast')}
      />
      <NewCondition onAdd={(condition) => onChange({ [kind]: [...paths[kind], condition] })} />
    </Stack>
  )
}

function Patterns({ paths, onChange }: Part) {
  const t = useT('explore/scope')
  return (
    <>
      {(['match', 'nomatch'] as const).map((name) => (
        <Pattern key={name} label={t(name)} value={paths[name]} onChange={(value) => onChange({ [name]: value })} />
      ))}
    </>
  )
}

/** A pattern is half-written most of the time: it is asked a moment after the last key. */
function Pattern(props: { label: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(props.value)
  const later = useDebouncedCallback(props.onChange, 700)
  return (
    <TextInput
      size="xs"
      label={props.label}
      placeholder="cart -> (!paid)* -> (end)"
      classNames={{ input: classes.pattern! }}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        later(event.currentTarget.value.trim())
      }}
    />
  )
}
