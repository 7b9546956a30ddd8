/** Which questions there are. Each stands in a folder of its own, `explore/<key>/`, and is found by its `question.ts`. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { addTexts, screenTexts, type TextFiles } from '@/i18n/texts'
import type { QuestionEntry } from './entry'

export interface Question extends Required<QuestionEntry> {
  Component: LazyExoticComponent<ComponentType>
}

addTexts('explore/', import.meta.glob('../*/locale/*.json') as TextFiles)
const found = import.meta.glob<QuestionEntry>('../*/question.ts', { eager: true, import: 'default' })

/** In the order of the navigation; a question that is not built yet is not there. */
const ORDER = [
  'overview', 'transitions', 'variants', 'flow', 'pattern',
  'funnel', 'stages', 'deviations',
  'retention', 'survival',
  'compare', 'correlates', 'attribution',
  'next-step', 'what-if',
]
const place = (key: string): number => ORDER.indexOf(key)

export const questions: Question[] = Object.values(found)
  .sort((one, other) => place(one.key) - place(other.key))
  .map((entry) => ({
    wide: false,
    comparable: true,
    engine: entry.key.replaceAll('-', '_'),
    ...entry,
    Component: lazy(async () => {
      const [{ Component }] = await Promise.all([entry.load(), screenTexts(`explore/${entry.key}`)])
      return { default: Component }
    }),
  }))

export const questionOf = (key: string | undefined): Question | undefined =>
  questions.find((one) => one.key === (key ?? 'overview'))
