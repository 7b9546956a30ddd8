/** Choosing a property of events, or several. */
import { MultiSelect, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useT } from '@/i18n/locale'
import { useEventProperties } from '../queries'
import classes from './EventPick.module.css'

interface Common {
  label: ReactNode
  description?: ReactNode
  none: string
}

export function PropertyPick(props: Common & { value: string; onChange: (name: string) => void }) {
  const t = useT('ui')
  const known = useEventProperties()
  return (
    <Select
      size="sm"
      className={classes.pick}
      label={props.label}
      description={props.description}
      placeholder={props.none}
      searchable
      clearable
      value={props.value || null}
      onChange={(name) => props.onChange(name ?? '')}
      data={[...new Set([...(props.value ? [props.value] : []), ...(known.data ?? []).map(({ name }) => name)])]}
      nothingFoundMessage={t('nothing_found')}
    />
  )
}

export function PropertiesPick(props: Common & { value: string[]; onChange: (names: string[]) => void }) {
  const t = useT('ui')
  const known = useEventProperties()
  return (
    <MultiSelect
      size="sm"
      className={classes.pick}
      classNames={{ inputField: classes.field }}
      label={props.label}
      description={props.description}
      placeholder={props.value.length === 0 ? props.none : undefined}
      searchable
      clearable
      hidePickedOptions
      value={props.value}
      onChange={props.onChange}
      data={[...new Set([...props.value, ...(known.data ?? []).map(({ name }) => name)])]}
      nothingFoundMessage={t('nothing_found')}
    />
  )
}
