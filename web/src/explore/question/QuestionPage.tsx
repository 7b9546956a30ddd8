/** The page of one question: what it is, what is asked, the answer, and what can be done with it. */
import { Button } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { lazy, Suspense, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useT } from '@/i18n/locale'
import { Loading } from '@/ui/States'
import { Answered, type Counted } from './Answered'
import { COMPARE, compareRequest, useComparing } from './comparing'
import { usePlace, type Asked } from './context'
import { Definitions } from './Definition'
import { ExportMenu } from './ExportMenu'
import { ViewMenu } from './ViewMenu'
import classes from './QuestionPage.module.css'

const CompareBar = lazy(() => import('./CompareBar'))
const CompareAnswer = lazy(() => import('./CompareAnswer'))

export function QuestionPage<Answer extends Counted>(props: {
  /** From `useQuestion(request)`. */
  asked: Asked<Answer>
  /** The choices that make the question, in a line above the answer… */
  controls?: ReactNode
  /** … or, when they are many, in a column beside it. */
  builder?: ReactNode
  /** Shown while the request is null: what to choose first. */
  unasked?: ReactNode
  /** The answer reaches to the edges, as a canvas does. */
  full?: boolean
  /** The inspector, when something is selected. */
  inspector?: ReactNode
  children: (answer: Answer) => ReactNode
}) {
  const t = useT('explore')
  const { question, aside } = usePlace()
  const page = useRef<HTMLDivElement>(null)
  const comparing = useComparing()
  const compared = question.comparable && comparing.on
  const asked = compared ? compareRequest(question.engine, props.asked.request, comparing) : props.asked.request
  const engine = compared ? COMPARE : question.engine
  const answer =
    props.asked.request === null ? (
      props.unasked
    ) : compared ? (
      <Suspense fallback={<Loading lines={8} />}>
        <CompareAnswer asked={asked} />
      </Suspense>
    ) : (
      <Answered query={props.asked.query}>{props.children}</Answered>
    )
  const full = props.full && !compared
  return (
    <div ref={page} className={classes.page} data-full={full || undefined}>
      <div className={classes.head}>
        <p className={classes.what}>{t(`ask.${question.key}.text`)}</p>
        <div className={classes.tools}>
          <Definitions />
          {question.comparable && !comparing.on && (
            <Button size="xs" variant="default" leftSection={<IconScale size={15} />} onClick={() => comparing.open(true)}>
              {t('compare.start')}
            </Button>
          )}
          <ViewMenu engine={engine} request={asked} />
          <ExportMenu engine={engine} request={asked} page={page} />
        </div>
      </div>
      {compared && (
        <Suspense fallback={null}>
          <CompareBar comparing={comparing} />
        </Suspense>
      )}
      {props.controls && <div className={classes.controls}>{props.controls}</div>}
      {props.builder ? (
        <div className={classes.columns}>
          <div className={classes.builder}>{props.builder}</div>
          <div className={classes.answer}>{answer}</div>
        </div>
      ) : (
        <div className={classes.answer}>{answer}</div>
      )}
      {aside && !compared && props.inspector && createPortal(props.inspector, aside)}
    </div>
  )
}
