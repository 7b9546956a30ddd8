/** Paths: the questions beside, and the page of one of them. */
import { Suspense, useMemo, useState } from 'react'
import { Navigate, useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { useScopeSearch } from '@/shell/scope'
import { Screen } from '@/shell/Screen'
import { Loading } from '@/ui/States'
import { QuestionContext } from './context'
import { QuestionNav } from './QuestionNav'
import { questionOf } from './registry'
import classes from './PathsFrame.module.css'

export function Component() {
  const t = useT('explore')
  const search = useScopeSearch()
  const key = useParams().question
  const question = questionOf(key)
  const [aside, setAside] = useState<HTMLElement | null>(null)
  const place = useMemo(() => question && { question, aside }, [question, aside])
  if (!question || !place) return <Navigate to={`../paths${search}`} replace />
  return (
    <Screen
      scoped
      bare
      width="full"
      crumbs={[{ label: t('paths'), to: 'paths' }, { label: t(`ask.${question.key}.title`) }]}
      aside={<div ref={setAside} className={classes.aside} />}
    >
      <div className={classes.frame}>
        <QuestionNav here={question} />
        <div className={classes.page}>
          <QuestionContext.Provider value={place}>
            <Suspense key={question.key} fallback={<Waiting />}>
              <question.Component />
            </Suspense>
          </QuestionContext.Provider>
        </div>
      </div>
    </Screen>
  )
}

const Waiting = () => (
  <div className={classes.waiting}>
    <Loading lines={8} />
  </div>
)
