/** Paths: the questions beside, and the page of one of them. */
import { lazy, Suspense, useMemo, useState } from 'react'
import { Navigate, useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { screenTexts } from '@/i18n/texts'
import { useScopeSearch } from '@/shell/scope'
import { Screen } from '@/shell/Screen'
import { Loading } from '@/ui/States'
import { QuestionContext } from './context'
import { QuestionNav } from './QuestionNav'
import { questionOf } from './registry'
import classes from './PathsFrame.module.css'

const Views = lazy(() => import('./Views'))
const PathScopeMenu = lazy(async () => {
  const [{ Component }] = await Promise.all([import('../scope/PathScopeMenu'), screenTexts('explore/scope')])
  return { default: Component }
})
/** The list of saved views stands among the questions, under this key. */
const VIEWS = 'views'

export function Component() {
  const t = useT('explore')
  const search = useScopeSearch()
  const key = useParams().question
  const question = questionOf(key)
  const [aside, setAside] = useState<HTMLElement | null>(null)
  const place = useMemo(() => question && { question, aside }, [question, aside])
  const views = key === VIEWS
  if (!views && !place) return <Navigate to={`../paths${search}`} replace />
  return (
    <Screen
      scoped={!views}
      scope={question && <PathScopeMenu />}
      bare
      width="full"
      crumbs={[{ label: t('paths'), to: 'paths' }, { label: question ? t(`ask.${question.key}.title`) : t('view.all') }]}
      aside={<div ref={setAside} className={classes.aside} />}
    >
      <div className={classes.frame}>
        <QuestionNav here={question ?? null} />
        <div className={classes.page}>
          <QuestionContext.Provider value={place ?? null}>
            <Suspense key={key ?? ''} fallback={<Waiting />}>
              {question ? <question.Component /> : <Views />}
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
