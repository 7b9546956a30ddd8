/** Puts a persona on the map: one of the library, or a new one by its name, which the library then keeps too. */
import { Select } from '@mantine/core'
import { useState } from 'react'
import { useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import { usePersonas, useSave } from '@/library/api'
import { useTellProblem } from '@/shell/problems'
import { useMap, useSession } from '../session'

const NEW = '+'

export function ChoosePersona() {
  const t = useT('maps')
  const personas = useMap((snapshot) => snapshot.personas)
  const { run, readOnly } = useSession()
  const library = usePersonas().data ?? []
  const save = useSave('personas')
  const tell = useTellProblem()
  const [typed, setTyped] = useState('')
  if (readOnly) return null
  const free = library.filter((one) => !personas.some((each) => each.persona === one.id))
  const name = typed.trim()
  const known = free.some((one) => searchKey(one.name) === searchKey(name))

  async function choose(id: string | null) {
    const persona = free.find((one) => one.id === id)
    if (persona) run({ do: 'add_persona', name: persona.name, persona: persona.id })
    else if (id === NEW && name) {
      try {
        const made = await save.mutateAsync({ name })
        run({ do: 'add_persona', name, persona: made.id })
      } catch (error) {
        tell(error)
      }
    }
    setTyped('')
  }

  return (
    <Select
      aria-label={t('add_persona')}
      placeholder={t('add_persona_help')}
      data={[
        ...free.map((one) => ({ value: one.id, label: one.name })),
        ...(name && !known ? [{ value: NEW, label: t('make_persona', { name }) }] : []),
      ]}
      // What is offered to be made contains what was typed; the library is searched as names are compared everywhere.
      filter={({ options, search }) => options.filter((one) => 'label' in one && (one.value === NEW || searchKey(one.label).includes(searchKey(search))))}
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => void choose(id)}
      nothingFoundMessage={t('type_persona')}
      searchable
      selectFirstOptionOnChange
      disabled={save.isPending}
      size="sm"
    />
  )
}
