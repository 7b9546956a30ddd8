/** What comes step by step before and after a moment of one's choice. */
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { EmptyState } from '@/ui/States'
import { isOfPattern } from '../pattern/problem'
import { Definition, Drawing, param, QuestionPage, useAsked, useQuestion } from '../question'
import { useEventNames } from '../queries'
import { FlowControls } from './FlowControls'
import { FlowInspector } from './FlowInspector'
import { NodeTable } from './NodeTable'
import classes from './Sankey.module.css'
import { SankeyDrawing } from './SankeyDrawing'
import type { Chosen, FlowAnswer } from './types'

const SPEC = {
  anchor: param.text(),
  before: param.number(2, 0, 10),
  after: param.number(3, 0, 10),
  top: param.number(6, 1, 20),
  occurrence: param.oneOf('every', 'first', 'last'),
  collapse: param.flag(),
}

export interface Asked {
  anchor: string
  before: number
  after: number
  top: number
  occurrence: 'every' | 'first' | 'last'
  collapse: boolean
}

export function Component() {
  const t = useT('explore/flow')
  const [asked, ask] = useAsked(SPEC)
  const names = useEventNames()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const request = asked.anchor && asked.before + asked.after > 0 ? { ...asked } : null
  const answer = useQuestion<FlowAnswer>(request)
  const wrong = isOfPattern(answer.query.error) ? answer.query.error : null
  const known = answer.query.data
  return (
    <QuestionPage
      asked={wrong ? { ...answer, request: null } : answer}
      controls={<FlowControls asked={asked} ask={ask} names={names.data?.items ?? []} wrong={wrong} />}
      unasked={<EmptyState picture="path" title={t('empty')} text={t('empty_text')} />}
      inspector={
        chosen && request && known ? (
          <FlowInspector answer={known} chosen={chosen} request={request} onClose={() => setChosen(null)} />
        ) : undefined
      }
    >
      {(found) =>
        found.occurrences === 0 ? (
          <EmptyState picture="path" title={t('none')} text={t('none_text')} />
        ) : (
          <>
            <Summary answer={found} />
            <Drawing label={t('drawing', { anchor: found.anchor })}>
              <SankeyDrawing answer={found} chosen={chosen} onChoose={setChosen} />
            </Drawing>
            <Numbers>
              <NodeTable answer={found} request={request ?? {}} onChoose={setChosen} />
            </Numbers>
          </>
        )
      }
    </QuestionPage>
  )
}

/** The table: there at once where there is room, and on demand on a narrow screen. */
function Numbers({ children }: { children: ReactNode }) {
  const t = useT('explore/flow')
  const wide = useMediaQuery('(min-width: 720px)', true, { getInitialValueInEffect: false })
  const [asked, setAsked] = useState<boolean | null>(null)
  const open = asked ?? wide
  return (
    <>
      <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setAsked(!open)} mb="xs">
        {t(open ? 'hide_table' : 'show_table')}
      </Button>
      {open && children}
    </>
  )
}

function Summary({ answer }: { answer: FlowAnswer }) {
  const t = useT('explore/flow')
  const shown = useFormats()
  return (
    <p className={classes.summary} role="status">
      <Definition term="anchor">{t('anchor')}</Definition>{' '}
      {t('summary', {
        times: shown.num(answer.occurrences),
        paths: shown.num(answer.anchor_paths),
        all: shown.num(answer.paths),
        persons: shown.num(answer.anchor_persons),
      })}
    </p>
  )
}
