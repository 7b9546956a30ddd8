/** Writing on a persona's sheet: shown at once, saved by itself, taken back step by step. */
import { useEffect, useRef, useState } from 'react'
import { useTellProblem } from '@/shell/problems'
import { useSave } from '../api'
import type { Persona } from '../types'

export type PersonaFields = Partial<Omit<Persona, 'id'>>

/** What the fields were before, so that writing it takes a change back; null removes. */
export function before(persona: Persona, fields: PersonaFields): PersonaFields {
  return Object.fromEntries(
    (Object.keys(fields) as (keyof PersonaFields)[]).map((field) => {
      const old = persona[field]
      return [field, old === undefined || old === '' ? null : old]
    }),
  )
}

export function usePersonaEdits(persona: Persona) {
  const save = useSave('personas')
  const tell = useTellProblem()
  const [shown, setShown] = useState(persona)
  const [past, setPast] = useState<PersonaFields[]>([])
  const [future, setFuture] = useState<PersonaFields[]>([])
  const unsaved = useRef(0)
  useEffect(() => {
    // An answer to an earlier change must not take back what was written since.
    if (unsaved.current === 0) setShown(persona)
  }, [persona])

  function write(fields: PersonaFields): PersonaFields {
    const old = before(shown, fields)
    setShown((now) => ({ ...now, ...fields }))
    unsaved.current += 1
    save
      .mutateAsync({ id: persona.id, ...fields })
      .catch((error: unknown) => {
        setShown(persona)
        tell(error)
      })
      .finally(() => {
        unsaved.current -= 1
      })
    return old
  }

  return {
    shown,
    saving: save.isPending,
    set: (fields: PersonaFields) => {
      const old = write(fields)
      setPast((all) => [...all, old])
      setFuture([])
    },
    undo: past.length === 0 ? null : () => {
      const again = write(past.at(-1)!)
      setPast((all) => all.slice(0, -1))
      setFuture((all) => [...all, again])
    },
    redo: future.length === 0 ? null : () => {
      const again = write(future.at(-1)!)
      setFuture((all) => all.slice(0, -1))
      setPast((all) => [...all, again])
    },
  }
}
