/** "Who are they?": the list of persons behind any number. A screen calls `useWho()(…)`, the frame shows the drawer. */
import { createContext, lazy, Suspense, useCallback, useContext, useState, type ReactNode } from 'react'
import type { Page, WhoItem } from '@/api/types'

const WhoDrawer = lazy(() => import('./WhoDrawer'))

export interface WhoQuestion {
  title: string
  /** What the number means, in a sentence. */
  help?: string
  /** Names the question for the cache: everything that changes the answer. */
  key: readonly unknown[]
  page: (cursor: string | null, signal: AbortSignal) => Promise<Page<WhoItem>>
}

const WhoContext = createContext<((question: WhoQuestion) => void) | null>(null)

export function useWho(): (question: WhoQuestion) => void {
  const open = useContext(WhoContext)
  if (!open) throw new Error('useWho outside WhoProvider')
  return open
}

export function WhoProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<WhoQuestion | null>(null)
  const [opened, setOpened] = useState(false)
  const open = useCallback((next: WhoQuestion) => {
    setQuestion(next)
    setOpened(true)
  }, [])
  return (
    <WhoContext.Provider value={open}>
      {children}
      {question && (
        <Suspense fallback={null}>
          <WhoDrawer question={question} opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </WhoContext.Provider>
  )
}
