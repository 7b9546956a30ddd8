/** What the current map measures now, for the targets of the future map that changes it. */
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { searchKey } from '@/i18n/searchKey'
import { useScope } from '@/shell/scope'
import { useMaps, useMeasuredMap } from '../api'
import { useMeasured } from '../measured/context'
import { useMap } from '../session'
import { measuredOf, type Found } from './targets'
import type { Target } from '@/editor/model'

type Measure = (target: Target) => Found | null

const TargetsContext = createContext<Measure>(() => null)

export function TargetsProvider({ children }: { children: ReactNode }) {
  const current = useMap((snapshot) => snapshot.meta.current_map)
  const wanted = useMap((snapshot) => snapshot.targets.length > 0)
  const stages = useMap((snapshot) => snapshot.stages)
  const { body } = useScope()
  const own = useMeasured().map
  const other = useMeasuredMap(current ?? '', 'of-targets', body, current !== undefined && wanted).data
  const names = useMaps(current !== undefined && wanted).data?.find((one) => one.id === current)?.stages
  const measured = current === undefined ? own : other
  const measure = useMemo<Measure>(() => {
    if (!measured) return () => null
    // The same stage, or one of the same name on the current map.
    const stageOf = (id: string) => {
      if (measured.stages.some((one) => one.stage === id)) return id
      const name = searchKey(stages.find((one) => one.id === id)?.name ?? '')
      const at = names?.findIndex((one) => searchKey(one) === name) ?? -1
      return at < 0 ? undefined : measured.stages[at]?.stage
    }
    return (target) => measuredOf(target, measured, stageOf)
  }, [measured, names, stages])
  return <TargetsContext.Provider value={measure}>{children}</TargetsContext.Provider>
}

export const useTargetMeasure = (): Measure => useContext(TargetsContext)
