/** Choosing a workspace's style: seen at once, saved by itself, taken back step by step. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { patch, post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { MapStyle } from '@/api/types'
import { useTellProblem } from '@/shell/problems'
import { styleKey } from '@/shell/style/Styled'

export interface StyleFields {
  /** Of a logo that was uploaded. */
  logo?: string | null
  accent?: string | null
  /** Six colours; "" is the product's own. */
  palette?: string[] | null
  text?: MapStyle['text'] | null
}

export const COLOR = /^#[0-9a-f]{6}$/i
/** What makes a style the product's own. */
export const PLAIN: Required<StyleFields> = { logo: null, accent: null, palette: null, text: null }

export const isPlain = (style: MapStyle): boolean =>
  !style.logo && !style.accent && style.text === 'normal' && style.palette.every((color) => !color)

/** What the style says of these fields, so that writing it takes a change back. */
export function before(style: MapStyle, fields: StyleFields): StyleFields {
  const now: Required<StyleFields> = { logo: style.logo?.id ?? null, accent: style.accent || null, palette: style.palette, text: style.text }
  return Object.fromEntries((Object.keys(fields) as (keyof StyleFields)[]).map((name) => [name, now[name]]))
}

export function useStyleEdits(w: string, style: MapStyle) {
  const queries = useQueryClient()
  const tell = useTellProblem()
  const [waiting, setWaiting] = useState(0)
  const [past, setPast] = useState<StyleFields[]>([])
  const [future, setFuture] = useState<StyleFields[]>([])
  const last = useRef(Promise.resolve())

  async function write(made: (now: MapStyle) => StyleFields, then: (old: StyleFields) => void) {
    const now = queries.getQueryData<MapStyle>(styleKey(w)) ?? style
    const fields = made(now)
    try {
      queries.setQueryData<MapStyle>(styleKey(w), await patch<MapStyle>('/api/workspaces/{w}/style', { path: { w }, body: fields }))
      then(before(now, fields))
    } catch (error) {
      tell(error)
    }
  }

  /** One after the other: a second choice is made of what the first has left. */
  function inTurn(made: (now: MapStyle) => StyleFields, then: (old: StyleFields) => void): Promise<void> {
    setWaiting((count) => count + 1)
    last.current = last.current.then(() => write(made, then)).finally(() => setWaiting((count) => count - 1))
    return last.current
  }

  const step = (from: StyleFields[], drop: typeof setPast, keep: typeof setPast) => {
    const wanted = from.at(-1)
    if (!wanted) return null
    return () =>
      void inTurn(
        () => wanted,
        (old) => {
          drop((all) => all.filter((one) => one !== wanted))
          keep((all) => [...all, old])
        },
      )
  }
  return {
    saving: waiting > 0,
    set: (made: (now: MapStyle) => StyleFields) =>
      inTurn(made, (old) => {
        setPast((all) => [...all, old])
        setFuture([])
      }),
    undo: step(past, setPast, setFuture),
    redo: step(future, setFuture, setPast),
  }
}

/** The style with fields that are still being chosen; the last answer stays while the next is on its way. */
export function usePreview(w: string, style: MapStyle, draft: StyleFields | null): MapStyle {
  const seen = useQuery<MapStyle, Problem>({
    queryKey: ['style', w, 'preview', draft],
    enabled: draft !== null,
    queryFn: ({ signal }) => post('/api/workspaces/{w}/style/preview', { path: { w }, body: draft, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
  return draft && seen.data ? seen.data : style
}
