/** What a `question.ts` says of its question. Apart from the registry, which imports all of them. */
import type { Icon } from '@tabler/icons-react'
import type { ComponentType } from 'react'

export const GROUPS = ['happens', 'far', 'time', 'why', 'next'] as const
export type Group = (typeof GROUPS)[number]

export interface QuestionEntry {
  /** As in the address: `paths/<key>`; its texts are the namespace `explore/<key>`. */
  key: string
  /** As the engine calls it: `POST W/paths/<engine>`; usually the key. */
  engine?: string
  group: Group
  icon: Icon
  /** Two segments can be compared by it; so it is, unless said. */
  comparable?: boolean
  /** A canvas that needs the width: the navigation shows icons only, unless the reader wants the names. */
  wide?: boolean
  load: () => Promise<{ Component: ComponentType }>
}

/** The default export of a `question.ts`. */
export const question = (entry: QuestionEntry): QuestionEntry => entry
