/** The library that a map carries with it in the exchange format: what its touchpoints, channels and contents are called. */
import type { MapDocument } from '@/editor/model'
import type { Content } from '@/library/types'
import type { Library } from './library'

export type Carrying = MapDocument & { contents?: Pick<Content, 'id' | 'name' | 'kind'>[] }

export function libraryIn({ touchpoints = [], channels = [], contents = [] }: Carrying): Library {
  return {
    touchpoints: new Map(
      touchpoints.map(({ id, name, channel = null, matcher = null }) => [
        id,
        { id, name, channel, matcher, description: '', failure: null, target_seconds: null, target_from: null, profile: {}, maps: [] },
      ]),
    ),
    channels: new Map(channels.map((one) => [one.id, { ...one, touchpoints: 0 }])),
    personas: new Map(),
    owners: new Map(),
    contents: new Map(
      contents.map(({ id, name, kind }) => [id, { id, name, kind, link: '', persona: null, stage: '', question: '', maps: [] }]),
    ),
  }
}
