/** What every step of the guide needs: how to show a place, and whose examples are shown. */
import { createContext, useContext } from 'react'
import type { Trade } from '@/editor/guide/examples'
import type { MapDocument } from '@/editor/model'

export interface GuideContext {
  /** Shows a stage's cell of a kind of lane, or its head when there is no such lane. */
  showStage(stage: string, kind?: string): void
  showCard(id: string): void
  tradeKey: Trade
  /** The filled map of that trade; null until it is there. */
  trade: MapDocument | null
}

export const GuideContextProvider = createContext<GuideContext>({ showStage: () => undefined, showCard: () => undefined, tradeKey: 'online_shop', trade: null })
export const useGuide = (): GuideContext => useContext(GuideContextProvider)
