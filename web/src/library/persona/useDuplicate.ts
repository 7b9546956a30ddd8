/** Makes a second persona of all that one says, and opens it. */
import { useNavigate } from 'react-router'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { useSave } from '../api'
import type { Persona } from '../types'

const OF_THE_ROW = new Set(['id', 'updated_at', 'name'])

export function useDuplicate(): (persona: Persona) => Promise<void> {
  const t = useT('library')
  const { id: w } = useWorkspace()
  const go = useNavigate()
  const save = useSave('personas')
  const tell = useTellProblem()
  return async (persona) => {
    const said = Object.entries(persona).filter(([field, value]) => !OF_THE_ROW.has(field) && value !== '' && value !== null)
    try {
      const made = await save.mutateAsync({ ...Object.fromEntries(said), name: t('copy_of', { name: persona.name }).slice(0, 200) })
      void go(`/w/${w}/personas/${made.id}`)
    } catch (error) {
      tell(error)
    }
  }
}
