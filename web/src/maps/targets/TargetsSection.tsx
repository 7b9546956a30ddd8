/** Targets of a map, a stage or a touchpoint, in its inspector. */
import { ActionIcon, Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Target } from '@/editor/model'
import { latinDigits } from '@/i18n/format'
import { useFormats, useT } from '@/i18n/locale'
import { DayField } from '@/ui/DayField'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useMap, useSession } from '../session'
import { TargetMark } from './TargetMarks'
import { METRICS, sameScope, scopeKind, type Unit } from './targets'
import classes from './targets.module.css'

export function TargetsSection({ scope }: { scope: Target['scope'] }) {
  const t = useT('maps/board')
  const { run, readOnly } = useSession()
  const future = useMap((snapshot) => snapshot.meta.kind === 'future_state')
  const all = useMap((snapshot) => snapshot.targets)
  const here = all.filter((target) => sameScope(target.scope, scope))
  const offered = Object.keys(METRICS).filter((metric) => METRICS[metric]!.scopes.includes(scopeKind({ scope })))
  if (here.length === 0 && (!future || readOnly)) return null

  function add() {
    const metric = offered.find((one) => !here.some((target) => target.metric === one)) ?? offered[0]!
    const unit = METRICS[metric]!.units[0]!
    run({ do: 'add_target', metric, scope, value: unit === '%' ? 50 : 1, ...(unit ? { unit } : {}) })
  }

  return (
    <InspectorSection title={t('target.title')}>
      <Stack gap="xs">
        {here.map((target) => (
          <Editor key={target.id} target={target} metrics={offered} />
        ))}
        {!readOnly && (
          <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} />} onClick={add}>
            {t('target.add')}
          </Button>
        )}
      </Stack>
    </InspectorSection>
  )
}

const numberFrom = (text: string): number | null => {
  const plain = latinDigits(text).replace('٫', '.').trim()
  const value = Number(plain)
  return plain !== '' && Number.isFinite(value) && Math.abs(value) < 1e9 ? value : null
}

function Editor({ target, metrics }: { target: Target; metrics: string[] }) {
  const t = useT('maps/board')
  const shown = useFormats()
  const { run, readOnly } = useSession()
  const written = shown.digits(String(target.value))
  const [text, setText] = useState(written)
  useEffect(() => setText(written), [written])
  const value = numberFrom(text)
  const units = METRICS[target.metric]?.units ?? []
  const set = (fields: Record<string, unknown>) => run({ do: 'set_target', id: target.id, fields })
  return (
    <div className={classes.target}>
      <Group gap={6} wrap="nowrap">
        <Select
          flex={1}
          aria-label={t('target.metric')}
          data={metrics.map((metric) => ({ value: metric, label: t(`target.${metric}`) }))}
          value={target.metric}
          onChange={(metric) => metric && set({ metric, unit: METRICS[metric]!.units.includes((target.unit ?? '') as Unit) ? target.unit : METRICS[metric]!.units[0] || null })}
          allowDeselect={false}
          readOnly={readOnly}
          size="sm"
        />
        {!readOnly && (
          <ActionIcon variant="subtle" color="gray" onClick={() => run({ do: 'delete_target', id: target.id })} aria-label={t('target.delete')}>
            <IconTrash size={15} />
          </ActionIcon>
        )}
      </Group>
      <Group gap={6} grow>
        <TextInput
          aria-label={t('target.value')}
          value={text}
          inputMode="decimal"
          readOnly={readOnly}
          error={value === null ? t('target.wrong') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => value !== null && value !== target.value && set({ value })}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          size="sm"
        />
        {units.length > 0 && units[0] !== '' && (
          <Select
            aria-label={t('target.unit')}
            data={units.map((unit) => ({ value: unit, label: unit === '%' ? t('target.percent') : t(`target.${unit}`) }))}
            value={target.unit ?? units[0]!}
            onChange={(unit) => unit && set({ unit })}
            allowDeselect={false}
            readOnly={readOnly}
            size="sm"
          />
        )}
      </Group>
      <DayField label={t('target.due')} day={target.due_on ?? null} onSave={(due_on) => set({ due_on })} readOnly={readOnly} />
      <TargetMark target={target} long />
    </div>
  )
}
