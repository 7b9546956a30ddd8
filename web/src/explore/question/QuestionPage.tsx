/** The page of one question: what it is, what is asked, the answer, and what can be done with it. */
import { useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useT } from '@/i18n/locale'
import { Answered, type Counted } from './Answered'
import { usePlace, type Asked } from './context'
import { Definitions } from './Definition'
import { ExportMenu } from './ExportMenu'
import { ViewMenu } from './ViewMenu'
import classes from './QuestionPage.module.css'

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
  const answer =
    props.asked.request === null ? props.unasked : <Answered query={props.asked.query}>{props.children}</Answered>
  return (
    <div ref={page} className={classes.page} data-full={props.full || undefined}>
      <div className={classes.head}>
        <p className={classes.what}>{t(`ask.${question.key}.text`)}</p>
        <div className={classes.tools}>
          <Definitions />
          <ViewMenu request={props.asked.request} />
          <ExportMenu request={props.asked.request} page={page} />
        </div>
      </div>
      {props.controls && <div className={classes.controls}>{props.controls}</div>}
      {props.builder ? (
        <div className={classes.columns}>
          <div className={classes.builder}>{props.builder}</div>
          <div className={classes.answer}>{answer}</div>
        </div>
      ) : (
        <div className={classes.answer}>{answer}</div>
      )}
      {aside && props.inspector && createPortal(props.inspector, aside)}
    </div>
  )
}
