/** Whose map it is, and what is asked about them: written on their sheet in the library. */
import { ActionIcon, Anchor, Button, Stack, TagsInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from 'react-router'
import { PERSONA_ASKS, type PersonaAsk } from '@/editor/guide/guide'
import type { MapPersona } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { usePersonas, useSave } from '@/library/api'
import { PERSONA_LISTS, type Persona } from '@/library/types'
import { useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { WrittenField } from '../inspector/fields'
import { ChoosePersona } from '../personas/ChoosePersona'
import { useMapPersonas } from '../library'
import { useSession } from '../session'
import { useGuide } from './context'
import classes from './guide.module.css'

export function PersonaStep() {
  const t = useT('maps/guide')
  const personas = useMapPersonas()
  const { tradeKey } = useGuide()
  return (
    <Stack gap="sm">
      <ChoosePersona />
      {personas.map((persona) => (
        <OnMap key={persona.id} persona={persona} />
      ))}
      <div className={classes.sketch}>
        <h4 className={classes.small}>{t('persona.sketch')}</h4>
        <p>{t(`persona.sketches.${tradeKey}`)}</p>
      </div>
    </Stack>
  )
}

function OnMap({ persona }: { persona: MapPersona }) {
  const t = useT('maps/guide')
  const { id: w } = useWorkspace()
  const { run, readOnly } = useSession()
  const library = usePersonas().data
  const save = useSave('personas')
  const tell = useTellProblem()
  const sheet = library?.find((one) => one.id === persona.persona)

  async function keep() {
    try {
      const made = await save.mutateAsync({ name: persona.name })
      run({ do: 'set_persona', id: persona.id, fields: { persona: made.id } })
    } catch (error) {
      tell(error)
    }
  }

  return (
    <section className={classes.stage} aria-label={persona.name}>
      <h4 className={classes.stageName}>
        <bdi>{sheet?.name ?? persona.name}</bdi>
        {!readOnly && (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('maps:remove_persona', { name: persona.name })} onClick={() => run({ do: 'remove_persona', id: persona.id })}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </h4>
      {sheet ? (
        <Stack gap={6}>
          {PERSONA_ASKS.map((field) => (
            <Asked key={field} field={field} sheet={sheet} readOnly={readOnly} onSave={(fields) => save.mutate({ id: sheet.id, ...fields }, { onError: tell })} />
          ))}
          <Anchor component={Link} to={`/w/${w}/personas/${sheet.id}`} size="xs">
            {t('persona.sheet')}
          </Anchor>
        </Stack>
      ) : (
        library &&
        !readOnly && (
          <Button size="compact-xs" variant="light" onClick={() => void keep()} loading={save.isPending}>
            {t('persona.keep', { name: persona.name })}
          </Button>
        )
      )}
    </section>
  )
}

const isList = (field: PersonaAsk): field is 'pains' | 'barriers' | 'channels' => (PERSONA_LISTS as readonly string[]).includes(field)

function Asked({ field, sheet, readOnly, onSave }: { field: PersonaAsk; sheet: Persona; readOnly: boolean; onSave: (fields: Partial<Persona>) => void }) {
  const t = useT('library')
  const label = t(`persona_field.${field}`)
  if (!isList(field)) {
    return <WrittenField label={label} value={sheet[field] ?? ''} onSave={(text) => onSave({ [field]: text || null })} readOnly={readOnly} maxLength={200} />
  }
  return (
    <TagsInput
      label={label}
      placeholder={(sheet[field]?.length ?? 0) === 0 && !readOnly ? t('list_placeholder') : ''}
      value={sheet[field] ?? []}
      onChange={(values) => onSave({ [field]: values })}
      readOnly={readOnly}
      maxTags={30}
      splitChars={['\n', ';', '؛']}
      acceptValueOnBlur
      size="sm"
    />
  )
}
