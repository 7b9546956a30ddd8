/** What we publish, and the customer's questions it answers. */
import { Anchor } from '@mantine/core'
import { useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { Num } from '@/ui/Values'
import { useContents, usePersonas } from './api'
import { CONTENT_ICONS } from './contentKinds'
import type { Content } from './types'
import classes from './library.module.css'

export function Contents({ selected, onOpen }: { selected: string | null; onOpen: (id: string) => void }) {
  const t = useT('library')
  const contents = useContents()
  const personas = usePersonas().data ?? []
  const problem = useProblemText()
  if (contents.error) return <ErrorState problem={problem(contents.error)} onRetry={() => void contents.refetch()} />
  if (!contents.data) return <Loading lines={7} />
  const personaOf = (row: Content) => personas.find((one) => one.id === row.persona)?.name
  const none = <span className="hs-faint">{t('none')}</span>
  const columns: Column<Content>[] = [
    {
      key: 'name', header: t('title'), bare: true, sort: (row) => row.name,
      cell: (row) => {
        const Icon = CONTENT_ICONS[row.kind]
        return (
          <span className={classes.name}>
            <span className={classes.icon} aria-hidden="true">
              <Icon size={15} />
            </span>
            <bdi>{row.name}</bdi>
          </span>
        )
      },
    },
    { key: 'kind', header: t('kind'), sort: (row) => t(`content_kind.${row.kind}`), cell: (row) => t(`content_kind.${row.kind}`) },
    { key: 'question', header: t('content.question'), sort: (row) => row.question, cell: (row) => (row.question ? <bdi>{row.question}</bdi> : none) },
    { key: 'stage', header: t('content.stage'), sort: (row) => row.stage, cell: (row) => (row.stage ? <bdi>{row.stage}</bdi> : none) },
    { key: 'persona', header: t('persona'), sort: personaOf, cell: (row) => personaOf(row) ?? none },
    {
      key: 'link', header: t('content.link'),
      cell: (row) =>
        row.link ? (
          <Anchor href={row.link} target="_blank" rel="noreferrer noopener" size="sm" onClick={(event) => event.stopPropagation()}>
            {t('content.open')}
          </Anchor>
        ) : (
          none
        ),
    },
    { key: 'maps', header: t('on_maps'), align: 'end', sort: (row) => row.maps.length, cell: (row) => <Num value={row.maps.length} /> },
  ]
  return (
    <DataTable
      label={t('contents')}
      columns={columns}
      rows={contents.data}
      rowKey={(row) => row.id}
      searchText={(row) => `${row.name} ${row.question} ${row.stage} ${personaOf(row) ?? ''}`}
      initialSort={{ key: 'name' }}
      onOpen={(row) => onOpen(row.id)}
      selected={selected}
      empty={<EmptyState picture="map" title={t('empty.contents')} text={t('empty.contents_help')} />}
    />
  )
}
