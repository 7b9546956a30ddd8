/** The middle of the wizard: what was recognised, what each column is, and the rows as they will be read. */
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowRight } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { post } from '@/api/client'
import type { Problem } from '@/api/problem'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { ErrorState, Loading } from '@/ui/States'
import { ColumnTable } from './ColumnTable'
import classes from './Import.module.css'
import { bothReadings, chooseAgain, firstChoices, mappingOf, missing, type Choices } from './mapping'
import { PreviewTable } from './PreviewTable'
import { Recognised } from './Recognised'
import type { Import, Inspection, Preview, Reading, Upload } from './types'

export function MapColumns({ upload }: { upload: Upload }) {
  const t = useT('events')
  const go = useNavigate()
  const queries = useQueryClient()
  const workspace = useWorkspace()
  const problem = useProblemText()
  const [inspection, setInspection] = useState(upload.inspection)
  const [choices, setChoices] = useState<Choices>(() => firstChoices(inspection, workspace.language))
  const mapping = useMemo(() => mappingOf(choices, inspection.guess), [choices, inspection.guess])
  const lacks = missing(mapping, inspection)
  const [asked] = useDebouncedValue(mapping, 250)
  const preview = useQuery<Preview, Problem>({
    queryKey: ['preview', upload.id, asked],
    queryFn: ({ signal }) =>
      post('/api/workspaces/{w}/imports/uploads/{u}/preview', {
        path: { w: workspace.id, u: upload.id },
        body: { mapping: asked },
        signal,
      }),
    enabled: missing(asked, inspection).length === 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const look = useMutation<Inspection, Problem, Reading>({
    mutationFn: (body) =>
      post('/api/workspaces/{w}/imports/uploads/{u}/inspect', { path: { w: workspace.id, u: upload.id }, body }),
    onSuccess: (found) => {
      setInspection(found)
      setChoices((old) => chooseAgain(old, inspection, found, workspace.language))
    },
  })
  const start = useMutation<Import, Problem>({
    mutationFn: () =>
      post('/api/workspaces/{w}/imports', { path: { w: workspace.id }, body: { upload_id: upload.id, mapping } }),
    onSuccess: (made) => {
      queries.setQueryData(['import', workspace.id, made.id], made)
      void queries.invalidateQueries({ queryKey: ['imports', workspace.id] })
      void go(`/w/${workspace.id}/imports/${made.id}`)
    },
  })
  const ambiguous =
    inspection.questions.find((one) => one.code === 'ambiguous_date_order' && one.column === mapping.time) ??
    preview.data?.questions.find((one) => one.code === 'ambiguous_date_order')
  const open = ambiguous !== undefined && !choices.timeFormat

  return (
    <Stack gap="lg">
      <Recognised
        upload={upload}
        inspection={inspection}
        choices={choices}
        onChange={setChoices}
        onRead={look.mutate}
        reading={look.isPending ? look.variables : null}
      />
      {look.error && <ErrorState problem={problem(look.error)} />}

      <section aria-labelledby="columns-title">
        <h2 id="columns-title" className={classes.part}>
          {t('columns_title')}
        </h2>
        <ColumnTable columns={inspection.columns} choices={choices} onChange={setChoices} />
        {!mapping.event && (
          <TextInput
            mt="sm"
            maw={420}
            label={t('event_constant')}
            description={t('event_constant_help')}
            value={choices.eventConstant}
            onChange={(event) => setChoices({ ...choices, eventConstant: event.currentTarget.value })}
          />
        )}
      </section>

      {ambiguous && (
        <DateOrder
          samples={inspection.columns.find((column) => column.name === ambiguous.column)?.samples ?? []}
          column={ambiguous.column}
          value={choices.timeFormat}
          onChange={(timeFormat) => setChoices({ ...choices, timeFormat })}
        />
      )}

      <section aria-labelledby="preview-title">
        <h2 id="preview-title" className={classes.part}>
          {t('preview_title')}
        </h2>
        {lacks.length > 0 ? (
          <p className="hs-soft">{t(`lacks.${lacks[0]}`)}</p>
        ) : preview.error ? (
          <ErrorState problem={problem(preview.error)} />
        ) : preview.data ? (
          <PreviewTable preview={preview.data} timezone={asked.timezone} stale={preview.isPlaceholderData || look.isPending} />
        ) : (
          <Loading lines={6} />
        )}
      </section>

      {start.error && <ErrorState problem={problem(start.error)} />}
      <Group className={classes.startBar} justify="space-between">
        <Text className="hs-soft" size="sm">
          {t('rows_estimate', { count: inspection.rows_estimate })}
        </Text>
        <Button
          size="md"
          rightSection={<IconArrowRight size={17} className="hs-mirror" />}
          disabled={lacks.length > 0 || open || preview.isError || look.isPending}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t('start')}
        </Button>
      </Group>
    </Stack>
  )
}

/** "Is 03/04 the third of April or the fourth of March?": asked, never guessed. */
function DateOrder(props: {
  samples: string[]
  column: string
  value: string | null
  onChange: (format: string) => void
}) {
  const t = useT('events')
  const shown = useFormats()
  const sample = props.samples.find((text) => bothReadings(text) !== null) ?? props.samples[0] ?? ''
  const read = bothReadings(sample)
  return (
    <section className={classes.question}>
      <h2 className={classes.part}>{t('date_order_title', { column: props.column })}</h2>
      <Radio.Group value={props.value ?? ''} onChange={props.onChange} label={t('date_order', { sample: `\u2068${sample}\u2069` })}>
        <Stack gap={8} mt="xs">
          {(['dmy', 'mdy'] as const).map((order) => (
            <Radio
              key={order}
              value={order}
              label={read ? `${shown.longDate(read[order])} — ${t(`time_format.${order}`)}` : t(`time_format.${order}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </section>
  )
}
