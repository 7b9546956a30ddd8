import { createContext, useContext } from 'react'
import { usePaths } from '../queries'
import type { Question } from './registry'

export interface Place {
  question: Question
  /** Where the inspector of the screen goes. */
  aside: HTMLElement | null
}

export const QuestionContext = createContext<Place | null>(null)

export function usePlace(): Place {
  const place = useContext(QuestionContext)
  if (!place) throw new Error('usePlace outside a question page')
  return place
}

/** What is asked besides the scope; null while something to ask is missing. */
export type Request = Record<string, unknown> | null

/** The question of this page, asked of the engine: give the result to `<QuestionPage asked={…}>`. */
export function useQuestion<Answer>(request: Request = {}) {
  const { question } = usePlace()
  const query = usePaths<Answer>(question.engine, request ?? {}, request !== null)
  return { query, request }
}

export type Asked<Answer> = ReturnType<typeof useQuestion<Answer>>
