/** The first five minutes: what to do next, ticked by doing it. Stands on the maps list until it is put away. */
import { Button, CloseButton, Group } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { get } from '@/api/client'
import { useT } from '@/i18n/locale'
import { useSession, useWorkspace } from './session'
import classes from './Checklist.module.css'

interface MapRow {
  id: string
  bound_touchpoints?: number
}

/** `maps`: the rows of the list it stands on. */
export function Checklist({ maps }: { maps: MapRow[] }) {
  const t = useT('shell')
  const workspace = useWorkspace()
  const { data: session } = useSession()
  const [hidden, setHidden] = useLocalStorage({ key: `hamsafar.checklist.${workspace.id}`, defaultValue: false })
  const imports = useQuery({
    queryKey: ['imports', workspace.id],
    queryFn: ({ signal }) =>
      get('/api/workspaces/{w}/imports', { path: { w: workspace.id }, signal }),
    enabled: !hidden && !workspace.is_sample,
    retry: false,
  })
  const samples = session?.workspaces.filter((one) => one.is_sample) ?? []
  const sample = samples.find((one) => one.language === session?.user?.language) ?? samples[0]
  const [seenSample] = useLocalStorage({ key: 'hamsafar.seen_sample', defaultValue: false })
  const [measured] = useLocalStorage<string>({ key: `hamsafar.measured.${workspace.id}`, defaultValue: '' })
  if (hidden || workspace.is_sample || !workspace.canEdit) return null

  const w = `/w/${workspace.id}`
  const bound = maps.find((map) => (map.bound_touchpoints ?? 0) > 0)
  const steps = [
    ...(sample ? [{ key: 'sample', done: seenSample, to: `/w/${sample.id}/maps` }] : []),
    { key: 'import', done: (imports.data?.items.length ?? 0) > 0, to: `${w}/imports/new` },
    { key: 'map', done: maps.length > 0, to: `${w}/maps` },
    { key: 'bind', done: bound !== undefined, to: maps[0] ? `${w}/maps/${maps[0].id}` : `${w}/touchpoints` },
    { key: 'gap', done: measured !== '', to: bound ? `${w}/maps/${bound.id}` : `${w}/maps` },
  ]
  const next = steps.find((step) => !step.done)
  const done = steps.filter((step) => step.done).length

  return (
    <section className={`${classes.card} hs-card`} aria-labelledby="checklist-title">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 id="checklist-title" className={classes.title}>
            {t('checklist.title')}
          </h2>
          <span className="hs-faint">{t('checklist.progress', { done, all: steps.length })}</span>
        </div>
        <CloseButton aria-label={t('checklist.hide')} onClick={() => setHidden(true)} />
      </Group>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.key} className={classes.step} data-done={step.done || undefined}>
            {step.done ? (
              <IconCircleCheckFilled size={18} className={classes.tick} aria-label={t('checklist.done')} />
            ) : (
              <IconCircle size={18} className="hs-faint" aria-hidden="true" />
            )}
            <Link to={step.to}>{t(`checklist.${step.key}`)}</Link>
            {step === next && (
              <Button component={Link} to={step.to} size="compact-xs" variant="light">
                {t('checklist.start')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
