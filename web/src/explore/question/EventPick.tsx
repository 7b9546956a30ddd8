/** Choosing events by name, one or several; the most frequent are offered, others are found by typing. */
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { useEventNames } from '../queries'
import classes from './EventPick.module.css'

/** Several names as the engine takes them where one is expected: `a|b` is either; bars within names are escaped. */
export const either = (names: string[]): string =>
  names.map((name) => name.replace(/\\/g, '\\\\').replace(/\|/g, '\\|')).join('|')

export function EventPick(props: {
  label: ReactNode
  /** What it means that nothing is chosen: "any event". */
  none: string
  value: string[]
  onChange: (names: string[]) => void
}) {
  const t = useT('explore')
  const shown = useFormats()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const names = useEventNames(search)
  const found = names.data?.items ?? []
  return (
    <MultiSelect
      size="sm"
      className={classes.pick}
      classNames={{ inputField: classes.field }}
      label={props.label}
      placeholder={props.value.length === 0 ? props.none : undefined}
      searchable
      clearable
      hidePickedOptions
      value={props.value}
      onChange={props.onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already, in any spelling.
      filter={({ options }) => options}
      data={[...new Set([...props.value, ...found.map(({ name }) => name)])]}
      nothingFoundMessage={names.isFetching ? t('counting') : t('ui:nothing_found')}
      maxDropdownHeight={280}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <bdi>{option.value}</bdi>
          <span className="hs-faint">
            {shown.compact(found.find(({ name }) => name === option.value)?.events ?? 0)}
          </span>
        </span>
      )}
    />
  )
}
