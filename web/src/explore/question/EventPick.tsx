/** Choosing events by name, one or several; the most frequent are offered, others are found by typing, in any spelling. */
import { MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import { useEventNames } from '../queries'
import { asStep } from '../scope/pathScope'
import classes from './EventPick.module.css'

/** Several names as the engine takes them where one is expected: `a|b` is either. */
export const either = (names: string[]): string => names.map(asStep).join('|')

export interface Choice {
  value: string
  label: string
}

interface Common {
  /** As the label or, where none is shown, as what a screen reader says. */
  label: ReactNode
  hidden?: boolean
  description?: ReactNode
  /** What it means that nothing is chosen: "any event". */
  none: string
  size?: 'xs' | 'sm'
  /** Not offered. */
  without?: string[]
  /** Offered before the events, such as the end of a path. */
  more?: Choice[]
  /** Offered instead of events, such as the touchpoints of a map. */
  only?: Choice[] | null
  disabled?: boolean
  icon?: ReactNode
  /** In a popover, which would take a click on a list outside of it as one on the page. */
  inside?: boolean
}

type OneOrMore =
  | { one: true; value: string | null; onChange: (name: string | null) => void }
  | { one?: false; value: string[]; onChange: (names: string[]) => void }

export function EventPick(props: Common & OneOrMore) {
  const t = useT('explore')
  const shown = useFormats()
  const [typed, setTyped] = useState('')
  const chosen = props.one ? (props.value ? [props.value] : []) : props.value
  // The field of a single choice shows the chosen name, which is not searched for.
  const [search] = useDebouncedValue(props.one && chosen.includes(typed) ? '' : typed, 200)
  const names = useEventNames(search)
  const found = props.only ? [] : (names.data?.items ?? [])
  const events = new Map(found.map(({ name, events }) => [name, events]))
  const wanted = searchKey(search)
  const beside = [...(props.only ?? props.more ?? [])]
  const listed = beside.filter((one) => chosen.includes(one.value) || searchKey(one.label).includes(wanted))
  const known = new Set(beside.map(({ value }) => value))
  const data = [
    ...listed,
    ...[...new Set([...chosen, ...events.keys()])]
      .filter((name) => !known.has(name) && !props.without?.includes(name))
      .map((name) => ({ value: name, label: name })),
  ]
  const common = {
    size: props.size ?? ('sm' as const),
    className: classes.pick!,
    ...(props.hidden ? { 'aria-label': String(props.label) } : { label: props.label }),
    description: props.description,
    disabled: props.disabled ?? false,
    leftSection: props.icon,
    searchable: true,
    data,
    searchValue: typed,
    onSearchChange: setTyped,
    // The server has searched already, in any spelling.
    filter: ({ options }: { options: any[] }) => options,
    nothingFoundMessage: names.isFetching ? t('counting') : t('ui:nothing_found'),
    maxDropdownHeight: 280,
    comboboxProps: { withinPortal: !props.inside },
    renderOption: ({ option }: { option: { value: string; label: string } }) => (
      <span className={classes.option}>
        <bdi>{option.label}</bdi>
        {events.has(option.value) && <span className="hs-faint">{shown.compact(events.get(option.value)!)}</span>}
      </span>
    ),
  }
  return props.one ? (
    <Select {...common} placeholder={props.none} value={props.value} onChange={props.onChange} />
  ) : (
    <MultiSelect
      {...common}
      classNames={{ inputField: classes.field! }}
      placeholder={chosen.length === 0 ? props.none : ''}
      clearable
      hidePickedOptions
      value={props.value}
      onChange={props.onChange}
    />
  )
}
