/** A list as a table: search, sort, more on demand, arrow keys; on narrow screens each row becomes a block. */
import { Button, Group, Loader, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSearch } from '@tabler/icons-react'
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useLocale, useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import classes from './DataTable.module.css'

export interface Column<Row> {
  key: string
  header: ReactNode
  /** Beside the head: what the column means. */
  help?: ReactNode
  cell: (row: Row) => ReactNode
  /** What the rows are ordered by when the head is pressed; absent: the column is not sortable. */
  sort?: (row: Row) => string | number | null | undefined
  align?: 'start' | 'end'
  width?: string
  /** Not repeated as a label when rows become blocks (names, actions). */
  bare?: boolean
  /** The head is only spoken (a column of buttons or bars). */
  quiet?: boolean
}

export interface DataTableProps<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  onOpen?: (row: Row) => void
  /** The text a row is searched by; absent: no search box, unless `search` is given. */
  searchText?: (row: Row) => string
  /** A search done elsewhere (by the server). */
  search?: { value: string; onChange: (value: string) => void; placeholder?: string }
  initialSort?: { key: string; descending?: boolean }
  empty?: ReactNode
  more?: { onMore: () => void; loading: boolean } | undefined
  /** All rows are here, but so many are drawn at first, and as many again on demand; search and order see all. */
  page?: number
  tools?: ReactNode
  selected?: string | null
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, onOpen, searchText } = props
  const t = useT('ui')
  const { language } = useLocale()
  const [ownSearch, setOwnSearch] = useState('')
  const [order, setOrder] = useState(props.initialSort ?? null)
  const body = useRef<HTMLTableSectionElement>(null)
  const [drawn, setDrawn] = useState(props.page ?? Infinity)
  const asked = props.search ? props.search.value : ownSearch

  const shown = useMemo(() => {
    const wanted = searchKey(ownSearch)
    const found = searchText && wanted ? rows.filter((row) => searchKey(searchText(row)).includes(wanted)) : rows
    const by = order && columns.find((column) => column.key === order.key)?.sort
    if (!by) return found
    const collator = new Intl.Collator(language, { numeric: true })
    const sign = order.descending ? -1 : 1
    return [...found].sort((one, other) => {
      const [a, b] = [by(one), by(other)]
      // What is not known stands last in either order.
      if (a === null || a === undefined) return b === null || b === undefined ? 0 : 1
      if (b === null || b === undefined) return -1
      if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
      return sign * collator.compare(String(a), String(b))
    })
  }, [rows, ownSearch, searchText, order, columns, language])

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, row: Row) {
    if (event.target !== event.currentTarget) return
    const all = Array.from(body.current?.querySelectorAll<HTMLTableRowElement>('tr[tabindex]') ?? [])
    const here = all.indexOf(event.currentTarget)
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      all[Math.max(0, Math.min(all.length - 1, next))]?.focus()
    } else if (event.key === 'Enter' && onOpen) {
      onOpen(row)
    }
  }

  return (
    <div>
      {(searchText || props.search || props.tools) && (
        <Group mb="sm" gap="sm" justify="space-between" data-no-picture>
          {searchText || props.search ? (
            <TextInput
              className={classes.search}
              size="sm"
              aria-label={props.search?.placeholder ?? t('search')}
              placeholder={props.search?.placeholder ?? t('search')}
              leftSection={<IconSearch size={15} aria-hidden="true" />}
              value={asked}
              onChange={(event) =>
                props.search ? props.search.onChange(event.currentTarget.value) : setOwnSearch(event.currentTarget.value)
              }
            />
          ) : (
            <span />
          )}
          {props.tools}
        </Group>
      )}
      {shown.length === 0 ? (
        rows.length === 0 && !asked ? (
          props.empty
        ) : (
          <p className={classes.none}>{t('nothing_found')}</p>
        )
      ) : (
        <div className={classes.frame}>
          <table className={classes.table} aria-label={props.label}>
            <thead>
              <tr>
                {columns.map((column) => {
                  const sorted = order?.key === column.key
                  return (
                    <th
                      key={column.key}
                      scope="col"
                      style={{ width: column.width, textAlign: column.align ?? 'start' }}
                      aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : undefined}
                    >
                      <span className={classes.heading}>
                        {column.sort ? (
                          <UnstyledButton
                            className={classes.head}
                            onClick={() =>
                              setOrder({ key: column.key, descending: sorted ? !order.descending : column.align === 'end' })
                            }
                          >
                            {column.header}
                            {sorted && (order.descending ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
                          </UnstyledButton>
                        ) : column.quiet ? (
                          <VisuallyHidden>{column.header}</VisuallyHidden>
                        ) : (
                          column.header
                        )}
                        {column.help}
                      </span>
                    </th>
                  )
                })}
              </tr>
            </thead>
            <tbody ref={body}>
              {shown.slice(0, drawn).map((row, index) => (
                <tr
                  key={rowKey(row)}
                  tabIndex={onOpen ? (index === 0 ? 0 : -1) : undefined}
                  data-open={onOpen ? true : undefined}
                  data-selected={props.selected === rowKey(row) || undefined}
                  onClick={
                    onOpen
                      ? (event) => {
                          if (!(event.target as HTMLElement).closest('a,button,input,[role=menuitem]')) onOpen(row)
                        }
                      : undefined
                  }
                  onKeyDown={(event) => onKeyDown(event, row)}
                >
                  {columns.map((column) => (
                    <td
                      key={column.key}
                      style={{ textAlign: column.align ?? 'start' }}
                      data-label={column.bare || typeof column.header !== 'string' ? undefined : column.header}
                    >
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown.length > drawn && (
        <Group justify="center" mt="sm">
          <Button variant="default" size="xs" onClick={() => setDrawn(drawn + props.page!)}>
            {t('show_more')}
          </Button>
        </Group>
      )}
      {props.more && (
        <Group justify="center" mt="sm">
          <Button variant="default" size="xs" onClick={props.more.onMore} disabled={props.more.loading}>
            {props.more.loading ? <Loader size={14} type="dots" /> : t('show_more')}
          </Button>
        </Group>
      )}
    </div>
  )
}
