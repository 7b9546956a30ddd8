/** Choosing one event by its name; the most frequent first, found however it is spelled. */
import { Select } from '@mantine/core'
import { useFormats, useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import classes from './EventSelect.module.css'
import { useEventNames } from './queries'

export function EventSelect(props: {
  label: string
  description?: string
  placeholder?: string
  value: string | null
  /** Not offered. */
  without?: string[]
  /** Offered before the events, such as the end of a path. */
  more?: { value: string; label: string }[]
  onChange: (name: string | null) => void
}) {
  const t = useT('explore')
  const shown = useFormats()
  const names = useEventNames()
  const items = names.data?.items ?? []
  const events = new Map(items.map(({ name, events }) => [name, events]))
  const offered = [...new Set([...(props.value && !props.more ? [props.value] : []), ...items.map(({ name }) => name)])]
  return (
    <Select
      size="sm"
      searchable
      className={classes.select}
      label={props.label}
      description={props.description}
      placeholder={props.placeholder}
      value={props.value}
      nothingFoundMessage={t('ui:nothing_found')}
      maxDropdownHeight={280}
      data={[
        ...(props.more ?? []),
        ...offered.filter((name) => !props.without?.includes(name)).map((name) => ({ value: name, label: name })),
      ]}
      filter={({ options, search }) => {
        const wanted = searchKey(search)
        return options.filter((option) => 'label' in option && searchKey(String(option.label)).includes(wanted))
      }}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <bdi>{option.label}</bdi>
          {events.has(option.value) && <span className="hs-faint">{shown.compact(events.get(option.value)!)}</span>}
        </span>
      )}
      onChange={props.onChange}
    />
  )
}
