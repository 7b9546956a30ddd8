/** What the file was taken for; every part can be said otherwise. */
import { Button, Collapse, Group, NativeSelect, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustments, IconFileCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import classes from './Import.module.css'
import type { Choices } from './mapping'
import { TIME_FORMATS, type Inspection, type Reading, type Upload } from './types'

const ENCODINGS = ['utf-8', 'utf-16', 'windows-1256']
const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' }

interface Props {
  upload: Upload
  /** The file as it is read now. */
  inspection: Inspection
  choices: Choices
  onChange: (choices: Choices) => void
  /** Another sheet, encoding or separator: the file has to be looked at again. */
  onRead: (reading: Reading) => void
  /** While it is: how. */
  reading: Reading | null
}

export function Recognised(props: Props) {
  const t = useT('events')
  const shown = useFormats()
  const [opened, { toggle }] = useDisclosure(false)
  const { upload, inspection, choices, onChange, onRead } = props
  const now: Reading = props.reading ?? choices
  const read = (other: Partial<Reading>) =>
    onRead({ sheet: choices.sheet, encoding: choices.encoding, delimiter: choices.delimiter, ...other })
  const isText = inspection.delimiter !== null
  const zones = useMemo(() => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone
    return [...new Set([choices.timezone, 'Asia/Tehran', 'UTC', here, ...Intl.supportedValuesOf('timeZone')])]
  }, [choices.timezone])
  const facts = [
    inspection.format.toUpperCase() + (inspection.compression ? ` (${inspection.compression})` : ''),
    size(upload.size, shown.num),
    choices.encoding ?? inspection.encoding,
    isText && t(`delimiter.${DELIMITERS[choices.delimiter ?? inspection.delimiter ?? ','] ?? 'other'}`),
    t('columns_count', { count: inspection.columns.length }),
  ].filter(Boolean)

  return (
    <section className={`${classes.recognised} hs-card`} aria-label={t('recognised')}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" className={classes.file}>
          <IconFileCheck size={24} stroke={1.5} aria-hidden="true" className={classes.fileIcon} />
          <div>
            <bdi className={classes.filename}>{upload.filename}</bdi>
            <div className="hs-faint">
              {facts.map((fact, index) => (
                <span key={index}>
                  {index > 0 && ' · '}
                  <bdi>{fact}</bdi>
                </span>
              ))}
            </div>
          </div>
        </Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconAdjustments size={15} />}
          aria-expanded={opened}
          onClick={toggle}
        >
          {t('read_otherwise')}
        </Button>
      </Group>
      <Collapse expanded={opened}>
        <Group gap="sm" align="flex-end" pt="sm">
          {inspection.sheets.length > 1 && (
            <NativeSelect
              size="xs"
              label={t('sheet')}
              value={now.sheet ?? inspection.sheets[0]}
              data={inspection.sheets}
              disabled={props.reading !== null}
              onChange={(event) => read({ sheet: event.currentTarget.value })}
            />
          )}
          {isText && (
            <>
              <NativeSelect
                size="xs"
                label={t('encoding')}
                value={now.encoding ?? ''}
                disabled={props.reading !== null}
                data={[
                  { value: '', label: t('recognise') },
                  ...[...new Set([...ENCODINGS, choices.encoding ?? 'utf-8'])],
                ]}
                onChange={(event) => read({ encoding: event.currentTarget.value || null })}
              />
              <NativeSelect
                size="xs"
                label={t('delimiter_label')}
                value={now.delimiter ?? ''}
                disabled={props.reading !== null}
                data={[
                  { value: '', label: t('recognise') },
                  ...Object.entries(DELIMITERS).map(([value, name]) => ({ value, label: t(`delimiter.${name}`) })),
                ]}
                onChange={(event) => read({ delimiter: event.currentTarget.value || null })}
              />
            </>
          )}
          <NativeSelect
            size="xs"
            label={t('time_format_label')}
            value={choices.timeFormat ?? ''}
            data={[
              { value: '', label: t('recognise') },
              ...TIME_FORMATS.map((value) => ({ value, label: t(`time_format.${value}`) })),
            ]}
            onChange={(event) => onChange({ ...choices, timeFormat: event.currentTarget.value || null })}
          />
          <Select
            size="xs"
            w={200}
            searchable
            allowDeselect={false}
            limit={60}
            label={t('timezone')}
            value={choices.timezone}
            data={zones}
            onChange={(timezone) => timezone && onChange({ ...choices, timezone })}
          />
        </Group>
      </Collapse>
    </section>
  )
}

/** 1536 -> "1.5 KB"; the units are the same letters in both languages. */
export function size(bytes: number, num: (value: number, digits?: number) => string): string {
  const units = ['B', 'KB', 'MB', 'GB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${num(bytes / 1024 ** power, power === 0 ? 0 : 1)} ${units[power]}`
}
