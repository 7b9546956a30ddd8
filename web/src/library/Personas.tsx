/** Personas: who the maps are about. */
import { Button, Group, TextInput } from '@mantine/core'
import { IconPlus, IconScale, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { usePersonas, useSave } from './api'
import { Portrait } from './Portrait'
import classes from './library.module.css'

export function Component() {
  const t = useT('library')
  const { id: w, canEdit } = useWorkspace()
  const go = useNavigate()
  const personas = usePersonas()
  const save = useSave('personas')
  const problem = useProblemText()
  const tell = useTellProblem()
  const [search, setSearch] = useState('')

  async function add() {
    try {
      const made = await save.mutateAsync({ name: t('new_persona') })
      void go(`/w/${w}/personas/${made.id}`)
    } catch (error) {
      tell(error)
    }
  }
  const wanted = searchKey(search)
  const found = (personas.data ?? []).filter((one) => searchKey([one.name, one.archetype, one.job_title, one.location, one.quote].join(' ')).includes(wanted))
  const button = canEdit && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => void add()} loading={save.isPending}>
      {t('add_persona')}
    </Button>
  )

  return (
    <Screen crumbs={[{ label: t('personas') }]} actions={
        (personas.data?.length ?? 0) > 0 && (
          <Group gap="xs">
            {personas.data!.length > 1 && (
              <Button component={Link} to={`/w/${w}/personas/compare`} variant="default" leftSection={<IconScale size={16} />}>
                {t('compare.title')}
              </Button>
            )}
            {button}
          </Group>
        )
      }>
      {personas.error ? (
        <ErrorState problem={problem(personas.error)} onRetry={() => void personas.refetch()} />
      ) : !personas.data ? (
        <Loading lines={5} />
      ) : personas.data.length === 0 ? (
        <EmptyState picture="people" title={t('empty.personas')} text={t('empty.personas_help')} action={button} />
      ) : (
        <>
          <TextInput
            className={classes.search}
            leftSection={<IconSearch size={16} />}
            placeholder={t('search_personas')}
            aria-label={t('search_personas')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {found.length === 0 && <p role="status">{t('ui:nothing_found')}</p>}
        <div className={classes.cards}>
          {found.map((persona) => (
            <Link key={persona.id} to={`/w/${w}/personas/${persona.id}`} className={`${classes.persona} hs-card`}>
              <Portrait name={persona.name} photo={persona.photo} portrait={persona.portrait} />
              <div>
                <h2 className={`${classes.personaName} hs-plain`}>{persona.name}</h2>
                <div className="hs-faint">{[persona.age_range, persona.job_title, persona.location].filter(Boolean).join(t('ui:list_joiner'))}</div>
                {persona.quote && <p className={`${classes.quote} hs-plain`}>{t('quoted', { text: persona.quote })}</p>}
              </div>
            </Link>
          ))}
        </div>
        </>
      )}
    </Screen>
  )
}
