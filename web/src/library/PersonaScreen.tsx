/** One persona: every field is written in place and kept when left. */
import { ActionIcon, Button, Slider, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { usePersonas, useSave } from './api'
import { Portrait } from './Portrait'
import { PERSONA_LISTS, PERSONA_LONG, PERSONA_TEXTS, type Persona, type Trait } from './types'
import { useDeleteWithUndo } from './useDeleteWithUndo'
import classes from './library.module.css'

export function Component() {
  const t = useT('library')
  const { p } = useParams()
  const personas = usePersonas()
  const problem = useProblemText()
  const persona = personas.data?.find((one) => one.id === p)
  if (persona) return <Sheet key={persona.id} persona={persona} />
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

function Sheet({ persona }: { persona: Persona }) {
  const t = useT('library')
  const go = useNavigate()
  const { id: w, canEdit } = useWorkspace()
  const save = useSave('personas')
  const drop = useDeleteWithUndo('personas')
  const tell = useTellProblem()
  const set = (fields: Partial<Persona>) => save.mutate({ id: persona.id, ...fields }, { onError: tell })
  const text = (field: 'name' | (typeof PERSONA_TEXTS)[number] | (typeof PERSONA_LONG)[number], lines = false) => (
    <Written
      key={field}
      label={t(field === 'name' ? 'name' : `persona_field.${field}`)}
      value={persona[field] ?? ''}
      lines={lines}
      readOnly={!canEdit}
      onSave={(value) => (field === 'name' ? value && set({ name: value }) : set({ [field]: value || null }))}
    />
  )
  return (
    <Screen
      crumbs={[{ label: t('personas'), to: 'personas' }, { label: persona.name }]}
      bare
    >
      <div className={classes.sheetHead}>
        <Portrait name={persona.name} photo={persona.photo} large />
        <div>
          <h1 className={`${classes.personaName} hs-plain`} style={{ fontSize: '1.375rem' }}>
            {persona.name}
          </h1>
          {persona.quote && <p className={`${classes.quote} hs-plain`}>{t('quoted', { text: persona.quote })}</p>}
        </div>
      </div>
      <div className={classes.sheet}>
        <section className={classes.part}>
          <h2 className={classes.partTitle}>{t('part.who')}</h2>
          {text('name')}
          {PERSONA_TEXTS.map((field) => text(field))}
        </section>
        <section className={classes.part}>
          <h2 className={classes.partTitle}>{t('part.life')}</h2>
          {PERSONA_LONG.map((field) => text(field, true))}
          <h2 className={classes.partTitle}>{t('part.traits')}</h2>
          <Traits traits={persona.traits ?? []} readOnly={!canEdit} onSave={(traits) => set({ traits })} />
        </section>
        <section className={classes.part}>
          <h2 className={classes.partTitle}>{t('part.wants')}</h2>
          {PERSONA_LISTS.map((field) => (
            <TagsInput
              key={field}
              label={t(`persona_field.${field}`)}
              placeholder={(persona[field]?.length ?? 0) === 0 && canEdit ? t('list_placeholder') : ''}
              value={persona[field] ?? []}
              onChange={(values) => set({ [field]: values })}
              readOnly={!canEdit}
              maxTags={30}
              splitChars={['\n', ';', '؛']}
              acceptValueOnBlur
            />
          ))}
        </section>
      </div>
      {canEdit && (
        <Button
          mt="xl"
          variant="subtle"
          color="red"
          size="compact-sm"
          leftSection={<IconTrash size={15} />}
          onClick={() => drop(persona, () => void go(`/w/${w}/personas`))}
        >
          {t('delete_persona')}
        </Button>
      )}
    </Screen>
  )
}

function Written(props: { label: string; value: string; lines: boolean; readOnly: boolean; onSave: (text: string) => void }) {
  const { label, value, readOnly, onSave } = props
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const shared = {
    label,
    value: text,
    readOnly,
    classNames: { input: 'hs-plain' },
    maxLength: props.lines ? 5000 : 200,
    onBlur: () => text.trim() !== value && onSave(text.trim()),
  } as const
  return props.lines ? (
    <Textarea {...shared} autosize minRows={2} maxRows={10} onChange={(event) => setText(event.currentTarget.value)} />
  ) : (
    <TextInput {...shared} onChange={(event) => setText(event.currentTarget.value)} />
  )
}

/** Traits on a five-point scale. */
function Traits({ traits, readOnly, onSave }: { traits: Trait[]; readOnly: boolean; onSave: (traits: Trait[]) => void }) {
  const t = useT('library')
  const shown = useFormats()
  const [name, setName] = useState('')
  const set = (index: number, value: number) => onSave(traits.map((trait, at) => (at === index ? { ...trait, value } : trait)))
  return (
    <>
      {traits.map((trait, index) => (
        <div key={trait.name} className={classes.trait}>
          <bdi>{trait.name}</bdi>
          <Slider
            key={`${trait.name}:${trait.value}`}
            min={1}
            max={5}
            step={1}
            marks={[1, 2, 3, 4, 5].map((value) => ({ value }))}
            defaultValue={trait.value}
            label={(value) => shown.num(value)}
            thumbLabel={trait.name}
            onChangeEnd={(value) => set(index, value)}
            disabled={readOnly}
            size="sm"
          />
          {!readOnly && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('remove_trait', { name: trait.name })}
              onClick={() => onSave(traits.filter((_one, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {!readOnly && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const clean = name.trim()
            if (!clean || traits.some((trait) => trait.name === clean)) return
            onSave([...traits, { name: clean, value: 3 }])
            setName('')
          }}
        >
          <TextInput
            aria-label={t('add_trait')}
            placeholder={t('add_trait')}
            value={name}
            maxLength={200}
            classNames={{ input: 'hs-plain' }}
            size="sm"
            onChange={(event) => setName(event.currentTarget.value)}
            rightSection={
              <ActionIcon type="submit" variant="subtle" size="sm" aria-label={t('add_trait')}>
                <IconPlus size={15} />
              </ActionIcon>
            }
          />
        </form>
      )}
    </>
  )
}
