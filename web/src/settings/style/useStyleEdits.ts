/** Choosing a workspace's style: seen at once, saved by itself, taken back step by step. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
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
  const [saving, setSaving] = useState(0)
  const [past, setPast] = useState<StyleFields[]>([])
  const [future, setFuture] = useState<StyleFields[]>([])

  /** What was there before; null when it was refused, which has been told. */
  async function write(fields: StyleFields): Promise<StyleFields | null> {
    const old = before(queries.getQueryData<MapStyle>(styleKey(w)) ?? style, fields)
    setSaving((count) => count + 1)
    try {
      queries.setQueryData<MapStyle>(styleKey(w), await patch<MapStyle>('/api/workspaces/{w}/style', { path: { w }, body: fields }))
      return old
    } catch (error) {
      tell(error)
      return null
    } finally {
      setSaving((count) => count - 1)
    }
  }

  async function set(fields: StyleFields) {
    const old = await write(fields)
    if (!old) return
    setPast((all) => [...all, old])
    setFuture([])
  }
  async function back(from: StyleFields[], drop: typeof setPast, keep: typeof setPast) {
    const wanted = from.at(-1)
    if (!wanted) return
    const old = await write(wanted)
    if (!old) return
    drop((all) => all.slice(0, -1))
    keep((all) => [...all, old])
  }
  return {
    saving: saving > 0,
    set,
    undo: past.length > 0 ? () => void back(past, setPast, setFuture) : null,
    redo: future.length > 0 ? () => void back(future, setFuture, setPast) : null,
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
