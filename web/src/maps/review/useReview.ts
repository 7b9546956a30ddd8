/** The review of the open map: what there is to say, and how to act on it. */
import { useDeferredValue, useMemo } from 'react'
import { newId } from '@/editor/commands'
import { openLane } from '@/editor/reading'
import { review, type Finding, type Fix } from '@/editor/review/review'
import { usePersonas } from '@/library/api'
import { focusField } from '../focus'
import { useLibrary } from '../library'
import { useSelection } from '../selection'
import { useMap, useSession } from '../session'

const today = (): string => new Date().toLocaleDateString('en-CA')

export function useReview(): readonly Finding[] {
  const snapshot = useDeferredValue(useMap((whole) => whole))
  const { touchpoints, channels } = useLibrary()
  const personas = usePersonas().data
  return useMemo(() => {
    const followed = new Map((personas ?? []).map((one) => [one.id, one.channels ?? []]))
    return review(snapshot, { touchpoints, channels, followed }, today())
  }, [snapshot, touchpoints, channels, personas])
}

/** Carries out a finding's fix; a new card is then written in its cell. */
export function useFix(): (fix: Fix) => void {
  const { run, map } = useSession()
  const { edit, select } = useSelection()
  return (fix) => {
    if (fix.kind === 'run') {
      run(fix.commands)
      return
    }
    if (fix.kind === 'rewrite') {
      edit(`card:${fix.card}`)
      return
    }
    if (fix.kind === 'open') {
      select(fix.place)
      focusField(fix.field)
      return
    }
    const { lane, commands } = openLane(map.snapshot, fix.laneKind, fix.lane)
    if (fix.before === undefined && !fix.complaint) {
      if (commands.length > 0) run(commands)
      edit(`new:${fix.stage}:${lane}`)
      return
    }
    const { stage } = fix
    const card = newId()
    run([
      ...commands,
      { do: 'add_card', id: card, stage, lane, text: '', before: sameCell(fix.before) ? fix.before : null, ...(fix.complaint ? { complaint: true } : {}) },
    ])
    edit(`card:${card}`)

    function sameCell(before: string | undefined): before is string {
      const neighbour = before === undefined ? undefined : map.card(before)
      return neighbour?.stage === stage && neighbour.lane === lane
    }
  }
}
