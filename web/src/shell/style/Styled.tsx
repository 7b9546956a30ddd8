/** The workspace's own look, on everything within and on what opens above it. */
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, type ReactNode } from 'react'
import { get } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { MapStyle } from '@/api/types'
import { pageCss, stageColor } from './css'

const StyleContext = createContext<MapStyle | null>(null)

export const styleKey = (w: string) => ['style', w] as const

export function useStyleOf(w: string) {
  return useQuery<MapStyle, Problem>({
    queryKey: styleKey(w),
    queryFn: ({ signal }) => get('/api/workspaces/{w}/style', { path: { w }, signal }),
    staleTime: 5 * 60_000,
  })
}

export function Styled({ style, children }: { style: MapStyle | null; children: ReactNode }) {
  const css = style ? pageCss(style) : ''
  return (
    <StyleContext.Provider value={style}>
      {/* After the product's own, which it overrides: in the body, not hoisted. */}
      {css && <style dangerouslySetInnerHTML={{ __html: css }} />}
      {children}
    </StyleContext.Provider>
  )
}

/** The style that is worn here; null: the product's own. */
export const useStyle = (): MapStyle | null => useContext(StyleContext)

/** The colour of the head of a stage, when the workspace has chosen any. */
export function useStageColor(index: number): string | undefined {
  return stageColor(useStyle(), index)
}
