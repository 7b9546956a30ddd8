/** What kind of file, what stands in it and how it looks; each format says what it cannot carry of this map. */
import { Button, Checkbox, Loader, Radio, SegmentedControl, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useParams } from 'react-router'
import type { Problem } from '@/api/problem'
import { download } from '@/api/download'
import { useT } from '@/i18n/locale'
import { useScope } from '@/shell/scope'
import { useWorkspace } from '@/shell/session'
import { useMapExports, type MapExport } from '../api'
import { useMapPersonas } from '../library'
import { useMap } from '../session'
import { wishesAsked, type Wishes } from './wishes'
import classes from './ExportPanel.module.css'

const FIRST = 'pdf'

export function ExportPanel() {
  const t = useT('maps/export')
  const { id: w } = useWorkspace()
  const { m = '' } = useParams()
  const { body: scope } = useScope()
  const { data, error } = useMapExports(m, true)
  const [chosen, choose] = useState(FIRST)
  const [wishes, wish] = useState<Wishes>({ paper: null, scheme: 'light', lanes: null, curves: null, measured: false })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const running = useRef<AbortController | null>(null)
  // Who leaves does not want the file any more.
  useEffect(() => () => running.current?.abort(), [])
  if (error) return <Failed problem={error} />
  if (!data) return <Loader type="dots" m="md" />
  const form = data.find((one) => one.format === chosen) ?? data[0]!
  const paper = form.papers.includes(wishes.paper ?? '') ? wishes.paper : (form.papers[0] ?? null)

  async function start() {
    running.current = new AbortController()
    setBusy(true)
    setProblem(null)
    try {
      const asked = wishesAsked({ ...wishes, paper }, form.chooses)
      const address = `/api/workspaces/${w}/maps/${m}/export/${form.format}`
      if (wishes.measured && form.chooses.includes('measured')) {
        await download(`${address}/measured`, running.current.signal, { ...scope, ...asked })
      } else await download(`${address}?${new URLSearchParams(asked)}`, running.current.signal)
    } catch (failure) {
      if (!(failure instanceof DOMException)) setProblem(failure as Problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className={classes.panel}>
      <Radio.Group value={form.format} onChange={choose} label={t('format')} name="format">
        <Stack gap={6} mt={6}>
          {data.map((one) => (
            <Format key={one.format} form={one} chosen={one === form} />
          ))}
        </Stack>
      </Radio.Group>
      {form.papers.length > 1 && (
        <Choice label={t('paper.label')} value={paper!} onChange={(next) => wish({ ...wishes, paper: next })}
          options={form.papers.map((value) => ({ value, label: t(`paper.${value}`) }))} />
      )}
      {form.chooses.includes('scheme') && (
        <Choice label={t('scheme.label')} value={wishes.scheme}
          onChange={(next) => wish({ ...wishes, scheme: next as Wishes['scheme'] })}
          options={(['light', 'dark'] as const).map((value) => ({ value, label: t(`scheme.${value}`) }))} />
      )}
      {form.chooses.includes('lanes') && <Lanes wanted={wishes.lanes} onChange={(lanes) => wish({ ...wishes, lanes })} />}
      {form.chooses.includes('curves') && <Curves wanted={wishes.curves} onChange={(curves) => wish({ ...wishes, curves })} />}
      {form.chooses.includes('measured') && (
        <Checkbox
          size="xs"
          checked={wishes.measured}
          onChange={(event) => wish({ ...wishes, measured: event.currentTarget.checked })}
          label={t('measured')}
          description={t('measured_help')}
        />
      )}
      {problem && <Failed problem={problem} />}
      <div className={classes.foot}>
        <Button size="sm" loading={busy} leftSection={<IconDownload size={16} aria-hidden="true" />} onClick={() => void start()}>
          {t('get')}
        </Button>
        {busy && (
          <Button size="sm" variant="subtle" color="gray" onClick={() => running.current?.abort()}>
            {t('ui:cancel')}
          </Button>
        )}
        <span role="status" className={classes.status}>
          {busy ? t('making') : ''}
        </span>
      </div>
    </div>
  )
}

function Format({ form, chosen }: { form: MapExport; chosen: boolean }) {
  const t = useT('maps/export')
  const lost = form.left_out.map((code) => t(`left_out.${code}`)).join(t('ui:list_joiner'))
  return (
    <div>
      <Radio value={form.format} size="xs" label={t(`formats.${form.format}`)} />
      {chosen && (
        <Text size="xs" c="dimmed" className={classes.lost}>
          {lost ? t('without', { what: lost }) : t('whole')}
        </Text>
      )}
    </div>
  )
}

function Choice({ label, value, onChange, options }: {
  label: string
  value: string
  onChange: (next: string) => void
  options: { value: string; label: string }[]
}) {
  const id = useId()
  return (
    <div className={classes.choice}>
      <Text size="sm" fw={500} id={id}>
        {label}
      </Text>
      <SegmentedControl size="xs" fullWidth aria-labelledby={id} value={value} onChange={onChange} data={options} />
    </div>
  )
}

function Lanes({ wanted, onChange }: { wanted: readonly string[] | null; onChange: (next: string[] | null) => void }) {
  const t = useT('maps/export')
  const lanes = useMap((snapshot) => snapshot.lanes)
  const shown = lanes.filter((lane) => !lane.hidden).map((lane) => lane.id)
  return (
    <Several
      label={t('lanes')}
      options={lanes.map((lane) => ({ value: lane.id, label: lane.name || t(`maps:lane.${lane.kind}`) }))}
      value={[...(wanted ?? shown)]}
      onChange={(next) => onChange(lanes.map((lane) => lane.id).filter((id) => next.includes(id)))}
    />
  )
}

function Curves({ wanted, onChange }: { wanted: readonly string[] | null; onChange: (next: string[]) => void }) {
  const t = useT('maps/export')
  const personas = useMapPersonas()
  const emotions = useMap((snapshot) => snapshot.emotions)
  const having = new Set([...emotions.values()].map((point) => point.persona ?? ''))
  const options = [{ id: '', name: t('maps:everyone') }, ...personas].filter((one) => having.has(one.id))
  if (options.length < 2) return null
  return (
    <Several
      label={t('curves')}
      options={options.map((one) => ({ value: one.id || '-', label: one.name }))}
      value={(wanted ?? options.map((one) => one.id)).map((id) => id || '-')}
      onChange={(next) => onChange(next.map((id) => (id === '-' ? '' : id)))}
    />
  )
}

/** Boxes to tick behind a line that says how many are; at least one stays. */
function Several({ label, options, value, onChange }: {
  label: string
  options: { value: string; label: string }[]
  value: string[]
  onChange: (next: string[]) => void
}) {
  const t = useT('maps/export')
  const [open, setOpen] = useState(false)
  return (
    <div className={classes.choice}>
      <UnstyledButton className={classes.several} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Text size="sm" fw={500} component="span">
          {label}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          {t('some_of', { some: value.length, all: options.length })}
        </Text>
      </UnstyledButton>
      {open && (
        <Checkbox.Group value={value} onChange={(next) => next.length > 0 && onChange(next)} aria-label={label}>
          <Stack gap={4} className={classes.list}>
            {options.map((one) => (
              <Checkbox key={one.value} size="xs" value={one.value} label={<bdi>{one.label}</bdi>} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </div>
  )
}

function Failed({ problem }: { problem: Problem }) {
  return (
    <Text size="sm" c="var(--hs-danger)" role="alert">
      {problem.detail ?? problem.title}
    </Text>
  )
}
