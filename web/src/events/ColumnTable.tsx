import { NativeSelect } from '@mantine/core'
import { IconCalendarClock, IconClock, IconHash, IconLetterCase, IconToggleLeft } from '@tabler/icons-react'
import { useT } from '@/i18n/locale'
import classes from './Import.module.css'
import { giveRole, type Choices } from './mapping'
import type { FileColumn, Role } from './types'

const ROLES: Role[] = ['person', 'event', 'time', 'time_of_day', 'channel', 'property', '']

const ICONS: Record<string, typeof IconHash> = {
  time: IconCalendarClock,
  time_of_day: IconClock,
  number: IconHash,
  boolean: IconToggleLeft,
}

/** Every column of the file: its name, what it holds, and what it means to us. */
export function ColumnTable(props: {
  columns: FileColumn[]
  choices: Choices
  onChange: (choices: Choices) => void
}) {
  const t = useT('events')
  return (
    <ul className={classes.columns} aria-label={t('columns_title')}>
      {props.columns.map((column) => {
        const role = props.choices.roles[column.name] ?? ''
        const Icon = ICONS[column.kind] ?? IconLetterCase
        return (
          <li key={column.name} className={classes.column} data-role={role || 'none'}>
            <div className={classes.columnName}>
              <Icon size={16} stroke={1.6} aria-hidden="true" className="hs-faint" />
              <bdi title={column.name}>{column.name}</bdi>
              <span className="hs-faint">{t(`kind.${column.kind}`)}</span>
            </div>
            <div className={classes.samples}>
              {column.samples.slice(0, 3).map((sample, index) => (
                <bdi key={index} className={classes.sample}>
                  {sample}
                </bdi>
              ))}
            </div>
            <NativeSelect
              size="xs"
              aria-label={t('role_of', { column: column.name })}
              value={role}
              data={ROLES.map((value) => ({ value, label: t(value ? `role.${value}` : 'role.none') }))}
              onChange={(event) => props.onChange(giveRole(props.choices, column.name, event.currentTarget.value as Role))}
            />
          </li>
        )
      })}
    </ul>
  )
}
