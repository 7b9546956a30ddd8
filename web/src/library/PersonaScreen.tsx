/** One persona as a sheet: every field is written in place, saved when left, and taken back by undo. */
import { ActionIcon, Button, Group, Menu, TagsInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowForwardUp, IconCopy, IconDownload, IconScale, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { usePersonas } from './api'
import { Traits } from './persona/Traits'
import { CARD_FORMATS, useCardFile, type CardFormat } from './persona/useCardFile'
import { useDuplicate } from './persona/useDuplicate'
import { usePersonaEdits } from './persona/usePersonaEdits'
import { Portrait } from './Portrait'
import { PortraitEditor } from './portrait/PortraitEditor'
import { SavedText } from './SavedText'
import { PERSONA_LISTS, PERSONA_TEXTS, type PERSONA_LONG, type Persona } from './types'
import { useDeleteWithUndo } from './useDeleteWithUndo'
import classes from './persona/persona.module.css'

export function Component() {
  const t = useT('library')
  const { p } = useParams()
  const personas = usePersonas()
  const problem = useProblemText()
  const persona = personas.data?.find((one) => one.id === p)
  if (persona) return <Sheet key={persona.id} persona={persona} others={personas.data!.length > 1} />
  return (
    <Screen crumbs={[{ label: t('personas'), to: 'personas' }, { label: t('persona') }]} bare>
      {personas.error ? (
        <ErrorState problem={problem(personas.error)} onRetry={() => void personas.refetch()} />
      ) : personas.data ? (
        <EmptyState picture="people" title={t('no_such_persona')} />
      ) : (
        <Loading />
      )}
    </Screen>
  )
}

function Sheet({ persona, others }: { persona: Persona; others: boolean }) {
  const t = useT('library')
  const { id: w, canEdit } = useWorkspace()
  const { shown, saving, set, undo, redo } = usePersonaEdits(persona)
  // By the key's place: on a Persian keyboard the same key writes «ظ».
  useHotkeys([
    ['mod+Z', () => undo?.(), { usePhysicalKeys: true }],
    ['mod+shift+Z', () => redo?.(), { usePhysicalKeys: true }],
    ['mod+Y', () => redo?.(), { usePhysicalKeys: true }],
  ])
  const text = (field: (typeof PERSONA_TEXTS)[number] | (typeof PERSONA_LONG)[number], lines = false) => (
    <SavedText
      key={field}
      label={t(`persona_field.${field}`)}
      value={shown[field] ?? ''}
      lines={lines}
      limit={lines ? 5000 : 200}
      readOnly={!canEdit}
      onSave={(value) => set({ [field]: value || null })}
    />
  )
  return (
    <Screen
      crumbs={[{ label: t('personas'), to: 'personas' }, { label: shown.name }]}
      actions={
        <Group gap="xs">
          {canEdit && (
            <>
              <span role="status" className="hs-faint">
                {t(saving ? 'saving' : 'ui:saved')}
              </span>
              <ActionIcon.Group>
                <ActionIcon variant="default" disabled={!undo} onClick={() => undo?.()} aria-label={t('ui:undo')} title={`${t('ui:undo')} (Ctrl+Z)`}>
                  <IconArrowBackUp size={17} className="hs-mirror" />
                </ActionIcon>
                <ActionIcon variant="default" disabled={!redo} onClick={() => redo?.()} aria-label={t('redo')} title={`${t('redo')} (Ctrl+Y)`}>
                  <IconArrowForwardUp size={17} className="hs-mirror" />
                </ActionIcon>
              </ActionIcon.Group>
            </>
          )}
          {others && (
            <Button component={Link} to={`/w/${w}/personas/compare?a=${persona.id}`} variant="default" size="xs" leftSection={<IconScale size={15} />}>
              {t('compare.title')}
            </Button>
          )}
          <SheetMenu persona={shown} canEdit={canEdit} />
        </Group>
      }
    >
      <div className={`${classes.head} hs-card`}>
        {canEdit ? <PortraitEditor persona={shown} onSave={set} /> : <Portrait name={shown.name} photo={shown.photo} portrait={shown.portrait} large />}
        <div className={classes.saying}>
          <div className={classes.two}>
            <SavedText label={t('name')} value={shown.name} required limit={200} readOnly={!canEdit} onSave={(name) => set({ name })} />
            {text('archetype')}
          </div>
          {text('quote', true)}
        </div>
      </div>
      <div className={classes.sheet}>
        <section className={`${classes.part} hs-card`}>
          <h2 className={classes.partTitle}>{t('part.who')}</h2>
          <div className={classes.two}>{PERSONA_TEXTS.filter((field) => field !== 'archetype').map((field) => text(field))}</div>
          <h2 className={classes.partTitle}>{t('part.traits')}</h2>
          <Traits traits={shown.traits ?? []} readOnly={!canEdit} onSave={(traits) => set({ traits })} />
        </section>
        <section className={`${classes.part} hs-card`}>
          <h2 className={classes.partTitle}>{t('part.life')}</h2>
          {text('description', true)}
          {text('lifestyle', true)}
          {text('scenario', true)}
        </section>
      </div>
      <section className={`${classes.part} hs-card`}>
        <h2 className={classes.partTitle}>{t('part.wants')}</h2>
        <div className={classes.lists}>
          {PERSONA_LISTS.map((field) => (
            <TagsInput
              key={field}
              label={t(`persona_field.${field}`)}
              placeholder={(shown[field]?.length ?? 0) === 0 && canEdit ? t('list_placeholder') : ''}
              value={shown[field] ?? []}
              onChange={(values) => set({ [field]: values })}
              readOnly={!canEdit}
              maxTags={30}
              splitChars={['\n', ';', '؛']}
              acceptValueOnBlur
            />
          ))}
        </div>
      </section>
    </Screen>
  )
}

function SheetMenu({ persona, canEdit }: { persona: Persona; canEdit: boolean }) {
  const t = useT('library')
  const go = useNavigate()
  const { id: w } = useWorkspace()
  const drop = useDeleteWithUndo('personas')
  const duplicate = useDuplicate()
  const cardFile = useCardFile()
  const tell = useTellProblem()
  const file = (format: CardFormat) => void cardFile(persona, format).catch(tell)
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size="xs">
          {t('more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {CARD_FORMATS.map((format) => (
          <Menu.Item key={format} leftSection={<IconDownload size={15} />} onClick={() => file(format)}>
            {t(`card.${format}`)}
          </Menu.Item>
        ))}
        {canEdit && (
          <>
            <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => void duplicate(persona)}>
              {t('duplicate')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => drop(persona, () => void go(`/w/${w}/personas`))}>
              {t('delete_persona')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
