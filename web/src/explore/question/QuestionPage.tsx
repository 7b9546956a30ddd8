/** The page of one question: what it is, what is asked, the answer, and what can be done with it. */
import { Button } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { lazy, Suspense, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useT } from '@/i18n/locale'
import { Loading } from '@/ui/States'
import { Answered, type Counted } from './Answered'
import { COMPARE, compareRequest, useComparing } from './comparing'
import { usePlace, type Asked, type Request } from './context'
import { Definitions } from './Definition'
import { ExportMenu } from './ExportMenu'
import { ViewMenu } from './ViewMenu'
import classes from './QuestionPage.module.css'

const CompareBar = lazy(() => import('./CompareBar'))
const CompareAnswer = lazy(() => import('./CompareAnswer'))

/** What a page of a question looks like, whatever answers it. */
interface Layout {
  /** The choices that make the question, in a line above the answer… */
  controls?: ReactNode
  /** … or, when they are many, in a column beside it. */
  builder?: ReactNode
  /** Shown while the request is null: what to choose first. */
  unasked?: ReactNode
}

export function QuestionPage<Answer extends Counted>(
  props: Layout & {
    /** From `useQuestion(request)`. */
    asked: Asked<Answer>
    /** The answer reaches to the edges, as a canvas does. */
    full?: boolean
    /** The inspector, when something is selected. */
    inspector?: ReactNode
    children: (answer: Answer) => ReactNode
  },
) {
  const { question, aside } = usePlace()
  const comparing = useComparing()
  const { query, request } = props.asked
  if (question.comparable && comparing.on) return <ComparedPage {...props} of={question.engine} request={request} />
  return (
    <Page {...props} engine={question.engine} request={request}>
      {request === null ? props.unasked : <Answered query={query}>{props.children}</Answered>}
      {aside && props.inspector && createPortal(props.inspector, aside)}
    </Page>
  )
}

/** A question asked of two segments: on its own page while the bar is open, or (`always`) on the page of comparisons. */
export function ComparedPage(props: Layout & { of: string; request: Request; always?: boolean }) {
  const comparing = useComparing()
  const asked = compareRequest(props.of, props.request, comparing)
  const { always = false } = props
  return (
    <Page
      controls={props.controls}
      builder={props.builder}
      engine={COMPARE}
      request={asked}
      bar={
        <Suspense fallback={null}>
          <CompareBar comparing={comparing} always={always} />
        </Suspense>
      }
    >
      {props.request === null ? (
        props.unasked
      ) : (
        <Suspense fallback={<Loading lines={8} />}>
          <CompareAnswer asked={asked} />
        </Suspense>
      )}
    </Page>
  )
}

function Page(
  props: Omit<Layout, 'unasked'> & {
    engine: string
    request: Request
    full?: boolean
    /** Between the head and the choices. */
    bar?: ReactNode
    children: ReactNode
  },
) {
  const t = useT('explore')
  const { question } = usePlace()
  const comparing = useComparing()
  const page = useRef<HTMLDivElement>(null)
  const { engine, request } = props
  return (
    <div ref={page} className={classes.page} data-full={props.full || undefined}>
      <div className={classes.head}>
        <p className={classes.what}>{t(`ask.${question.key}.text`)}</p>
        <div className={classes.tools}>
          <Definitions />
          {question.comparable && !comparing.on && (
            <Button size="xs" variant="default" leftSection={<IconScale size={15} />} onClick={() => comparing.open(true)}>
              {t('compare.start')}
            </Button>
          )}
          <ViewMenu engine={engine} request={request} />
          <ExportMenu engine={engine} request={request} page={page} />
        </div>
      </div>
      {props.bar}
      {props.controls && <div className={classes.controls}>{props.controls}</div>}
      {props.builder ? (
        <div className={classes.columns}>
          <div className={classes.builder}>{props.builder}</div>
          <div className={classes.answer}>{props.children}</div>
        </div>
      ) : (
        <div className={classes.answer}>{props.children}</div>
      )}
    </div>
  )
}
