/** The measured numbers of the open map, indexed for the parts that show them. */
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { AdHoc, MeasuredMap, StageMeasured, TouchpointMeasured, WhoSelector } from './types'

export interface Measured {
  map: MeasuredMap | null
  pending: boolean
  stages: ReadonlyMap<string, StageMeasured>
  cards: ReadonlyMap<string, TouchpointMeasured>
  /** Frequent events off the map, by the card they come after. */
  adHocFrom: ReadonlyMap<string, AdHoc[]>
  openWho(selector: WhoSelector, title: string, count: number): void
  /** Whether the persons behind a number may be asked for; never on a public page. */
  persons: boolean
}

const NOBODY: Measured = {
  map: null, pending: false, stages: new Map(), cards: new Map(), adHocFrom: new Map(), openWho: () => undefined, persons: false,
}

const MeasuredContext = createContext<Measured>(NOBODY)

export function MeasuredProvider(props: {
  measured: MeasuredMap | null
  pending: boolean
  /** Absent: the numbers stand for themselves. */
  openWho?: Measured['openWho']
  children: ReactNode
}) {
  const { measured, pending, openWho } = props
  const value = useMemo<Measured>(() => {
    const adHocFrom = new Map<string, AdHoc[]>()
    for (const found of measured?.ad_hoc ?? []) {
      adHocFrom.set(found.from_card, [...(adHocFrom.get(found.from_card) ?? []), found])
    }
    return {
      map: measured,
      pending,
      stages: new Map((measured?.stages ?? []).map((stage) => [stage.stage, stage])),
      cards: new Map((measured?.touchpoints ?? []).map((touchpoint) => [touchpoint.card, touchpoint])),
      adHocFrom,
      openWho: openWho ?? NOBODY.openWho,
      persons: openWho !== undefined,
    }
  }, [measured, pending, openWho])
  return <MeasuredContext.Provider value={value}>{props.children}</MeasuredContext.Provider>
}

export const useMeasured = (): Measured => useContext(MeasuredContext)
