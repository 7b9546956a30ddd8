/** A version of a map, to look at: the board as it was, and nothing on it can be changed. */
import { Button, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowsDiff, IconHistory, IconRestore } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { fromExchange } from '@/editor/document'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { Board } from '../board/Board'
import { Inspector } from '../inspector/Inspector'
import { libraryIn } from '../carriedLibrary'
import { LibraryOf } from '../library'
import { SelectionProvider, type Selected } from '../selection'
import { SessionProvider } from '../session'
import { StageByStage } from '../StageByStage'
import { useVersion, useVersionDocument, type Version, type VersionDocument } from './api'
import { useRestore } from './restore'
import { useVersionName } from './useVersionName'
import '../texts'
import map from '../MapScreen.module.css'
import classes from './versions.module.css'

export function Component() {
  const t = useT('maps/versions')
  const { m = '', v = '' } = useParams()
  const problem = useProblemText()
  const version = useVersion(m, v)
  const document = useVersionDocument(m, v)
  const nameOf = useVersionName()
  const error = version.error ?? document.error
  const crumbs = [
    { label: t('maps:maps'), to: 'maps' },
    { label: document.data?.title ?? t('maps:map'), to: `maps/${m}` },
    { label: version.data ? nameOf(version.data) : t('version') },
  ]
  if (error || !version.data || !document.data) {
    return (
      <Screen crumbs={crumbs} bare>
        {error ? <ErrorState problem={problem(error)} /> : <Loading lines={9} label={t('maps:opening')} />}
      </Screen>
    )
  }
  return <Opened key={v} version={version.data} document={document.data} crumbs={crumbs} />
}

const nothing = () => undefined

function Opened({ version, document, crumbs }: { version: Version; document: VersionDocument; crumbs: { label: string; to?: string }[] }) {
  const t = useT('maps')
  const narrow = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false })
  const doc = useMemo(() => fromExchange(document), [document])
  const library = useMemo(() => libraryIn(document), [document])
  const [selected, setSelected] = useState<Selected | null>(null)
  return (
    <SessionProvider map={doc} readOnly onRefused={nothing}>
      <LibraryOf library={library}>
        <SelectionProvider selected={selected} onSelect={setSelected}>
          <Screen
            crumbs={crumbs}
            width="full"
            aside={selected && <Inspector selected={selected} onClose={() => setSelected(null)} />}
          >
            <div className={map.map}>
              <Banner version={version} />
              {document.stages.length === 0 ? (
                <EmptyState picture="map" title={t('no_stages')} />
              ) : narrow ? (
                <StageByStage />
              ) : (
                <Board shown="drawn" />
              )}
            </div>
          </Screen>
        </SelectionProvider>
      </LibraryOf>
    </SessionProvider>
  )
}

/** Cannot be mistaken for the map as it is now. */
function Banner({ version }: { version: Version }) {
  const t = useT('maps/versions')
  const formats = useFormats()
  const go = useNavigate()
  const { id: w, canEdit } = useWorkspace()
  const nameOf = useVersionName()
  const { restore, pending } = useRestore(version.map)
  const here = `/w/${w}/maps/${version.map}`
  return (
    <section className={classes.banner} aria-label={t('banner')}>
      <IconHistory size={20} aria-hidden="true" className={classes.bannerIcon} />
      <div className={classes.bannerText}>
        <div className={classes.bannerName}>
          {t('looking_at', { name: nameOf(version) })}
        </div>
        <div className={classes.who}>
          {formats.longDate(version.at)}
          {t('ui:comma')}
          {formats.time(version.at)}
          {version.by && (
            <>
              {' · '}
              <bdi>{version.by}</bdi>
            </>
          )}
        </div>
      </div>
      <Group gap="xs">
        {canEdit && (
          <Button size="xs" leftSection={<IconRestore size={15} />} loading={pending} onClick={() => restore(version.id, () => void go(here))}>
            {t('restore')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          component={Link}
          to={`${here}/compare?before=version:${version.id}&after=map:${version.map}`}
          leftSection={<IconArrowsDiff size={15} />}
        >
          {t('compare_now')}
        </Button>
        <Button size="xs" variant="default" component={Link} to={`${here}?at=panel:versions`} leftSection={<IconArrowBackUp size={15} className="hs-mirror" />}>
          {t('back_to_map')}
        </Button>
      </Group>
    </section>
  )
}
