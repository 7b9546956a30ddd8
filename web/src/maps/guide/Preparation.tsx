/** Before the first card: what for, about whom, which experience, what is known already, and the stages. */
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useT } from '@/i18n/locale'
import { WrittenField } from '../inspector/fields'
import { ChoosePersona } from '../personas/ChoosePersona'
import { useMapPersonas } from '../library'
import { useMap, useSession } from '../session'
import classes from './guide.module.css'

export function Preparation() {
  const t = useT('maps/guide')
  const personas = useMapPersonas()
  return (
    <Stack gap="sm">
      <ObjectiveField />
      <div>
        <h4 className={classes.small}>{t('step.persona')}</h4>
        {personas.length > 0 && <p className={classes.names}>{personas.map((one) => one.name).join(t('ui:list_joiner'))}</p>}
        <ChoosePersona />
      </div>
      <ScopeField />
      <Research />
      <Stages />
    </Stack>
  )
}

export function ObjectiveField() {
  const t = useT('maps/guide')
  const objective = useMap((snapshot) => snapshot.meta.objective)
  const { run, readOnly } = useSession()
  return (
    <WrittenField
      label={t('objective')}
      value={objective ?? ''}
      placeholder={t('objective_example')}
      onSave={(text) => run({ do: 'set_map', fields: { objective: text || null } })}
      readOnly={readOnly}
      lines
    />
  )
}

function ScopeField() {
  const t = useT('maps/guide')
  const scope = useMap((snapshot) => snapshot.meta.scope)
  const { run, readOnly } = useSession()
  return (
    <WrittenField
      label={t('scope')}
      value={scope ?? ''}
      placeholder={t('scope_example')}
      onSave={(text) => run({ do: 'set_map', fields: { scope: text || null } })}
      readOnly={readOnly}
      lines
    />
  )
}

/** As the server takes links: `maps/shape.py`. */
const LINK = /^(https?:\/\/|mailto:)[^\s<>"]+$/i
const MOST_RESEARCH = 50

function Research() {
  const t = useT('maps/guide')
  const research = useMap((snapshot) => snapshot.meta.research) ?? []
  const { run, readOnly } = useSession()
  const [open, setOpen] = useState(false)
  const [title, setTitle] = useState('')
  const [link, setLink] = useState('')
  const [note, setNote] = useState('')
  const badLink = link.trim() !== '' && !LINK.test(link.trim())
  const keep = (next: typeof research) => run({ do: 'set_map', fields: { research: next.length > 0 ? next : null } })

  function add(event: FormEvent) {
    event.preventDefault()
    if (!title.trim() || badLink) return
    keep([...research, { title: title.trim(), ...(link.trim() ? { link: link.trim() } : {}), ...(note.trim() ? { note: note.trim() } : {}) }])
    setTitle('')
    setLink('')
    setNote('')
    setOpen(false)
  }

  return (
    <section aria-label={t('research.title')}>
      <h4 className={classes.small}>{t('research.title')}</h4>
      <Text size="xs" className="hs-soft">
        {research.length > 0 ? t('research.help') : t('research.none')}
      </Text>
      <ul className={classes.cards}>
        {research.map((one, index) => (
          <li key={index} className={classes.line}>
            <span className="hs-plain">
              {one.link ? (
                <a href={one.link} target="_blank" rel="noreferrer">
                  {one.title}
                </a>
              ) : (
                one.title
              )}
              {one.note && (
                <Text size="xs" className="hs-soft hs-plain">
                  {one.note}
                </Text>
              )}
            </span>
            {!readOnly && (
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('research.remove', { name: one.title })} onClick={() => keep(research.filter((_one, at) => at !== index))}>
                <IconX size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && research.length < MOST_RESEARCH && (
        open ? (
          <form onSubmit={add}>
            <Stack gap={6}>
              <TextInput size="xs" label={t('research.name')} value={title} maxLength={200} classNames={{ input: 'hs-plain' }} onChange={(event) => setTitle(event.currentTarget.value)} autoFocus />
              <TextInput size="xs" label={t('research.link')} value={link} dir="ltr" error={badLink ? t('research.bad_link') : undefined} onChange={(event) => setLink(event.currentTarget.value)} />
              <TextInput size="xs" label={t('research.note')} value={note} maxLength={5000} classNames={{ input: 'hs-plain' }} onChange={(event) => setNote(event.currentTarget.value)} />
              <Group gap="xs">
                <Button type="submit" size="compact-xs" disabled={!title.trim() || badLink}>
                  {t('add')}
                </Button>
                <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setOpen(false)}>
                  {t('ui:cancel')}
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          <Button size="compact-xs" variant="light" leftSection={<IconPlus size={13} />} onClick={() => setOpen(true)}>
            {t('research.title')}
          </Button>
        )
      )}
    </section>
  )
}

function Stages() {
  const t = useT('maps/guide')
  const stages = useMap((snapshot) => snapshot.stages)
  const { run, readOnly } = useSession()
  const [name, setName] = useState('')
  function add(event: FormEvent) {
    event.preventDefault()
    if (!name.trim()) return
    run({ do: 'add_stage', name: name.trim() })
    setName('')
  }
  return (
    <section aria-label={t('stages.title')}>
      <h4 className={classes.small}>{t('stages.title')}</h4>
      <Text size="xs" className="hs-soft" mb={4}>
        {t('stages.help')}
      </Text>
      {stages.length > 0 && <p className={classes.names}>{stages.map((one) => one.name).join(' · ')}</p>}
      {!readOnly && (
        <form onSubmit={add}>
          <TextInput
            size="xs"
            aria-label={t('stages.name')}
            placeholder={t('stages.name')}
            value={name}
            maxLength={200}
            classNames={{ input: 'hs-plain' }}
            onChange={(event) => setName(event.currentTarget.value)}
            rightSection={
              <ActionIcon type="submit" variant="subtle" size="sm" aria-label={`${t('add')}: ${t('stages.name')}`} disabled={!name.trim()}>
                <IconPlus size={15} />
              </ActionIcon>
            }
          />
        </form>
      )}
      {stages.length === 0 && !readOnly && (
        <Button
          mt={6}
          size="compact-xs"
          variant="light"
          onClick={() => run(t('stages.names').split('\n').map((one) => ({ do: 'add_stage', name: one })))}
        >
          {t('stages.usual')}
        </Button>
      )}
    </section>
  )
}
