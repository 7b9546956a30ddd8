/** Writing a pattern: the text, left to right in every language, examples, and names to put in. */
import { Textarea, UnstyledButton } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { Problem } from '@/api/problem'
import type { EventName } from '@/api/types'
import { useT } from '@/i18n/locale'
import { PatternProblem } from './PatternProblem'
import classes from './Pattern.module.css'
import { quoted } from './problem'

const NAMES = 14

export function PatternEditor(props: {
  find: string
  names: EventName[]
  wrong: Problem | null
  onFind: (find: string) => void
}) {
  const t = useT('explore/pattern')
  const { find, onFind } = props
  const [draft, setDraft] = useState(find)
  const [all, setAll] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  // The address follows what is written, a little later; only what comes from elsewhere (a link, "back") is taken over.
  const sent = useRef(find)
  useEffect(() => {
    if (find !== sent.current) setDraft(find)
    sent.current = find
  }, [find])
  const send = (text: string) => {
    sent.current = text.trim()
    onFind(sent.current)
  }
  const findLater = useDebouncedCallback(send, 500)

  function write(text: string) {
    setDraft(text)
    findLater(text)
  }

  function set(text: string) {
    findLater.cancel()
    setDraft(text)
    send(text)
    field.current?.focus()
  }

  /** In place of what is selected; a name after another one goes on with an arrow. */
  function insert(text: string) {
    const element = field.current
    const [begin, end] = element ? [element.selectionStart, element.selectionEnd] : [draft.length, draft.length]
    const before = draft.slice(0, begin)
    const joint = /[\p{L}\p{N}"»)\]}*+?.]\s*$/u.test(before) && /^[\p{L}\p{N}"(]/u.test(text) ? ' -> ' : ''
    const next = before.replace(joint ? /\s+$/ : /$/, '') + joint + text
    write(next + draft.slice(end))
    requestAnimationFrame(() => {
      element?.focus()
      element?.setSelectionRange(next.length, next.length)
    })
  }

  const [one, other] = [props.names[0]?.name, props.names[1]?.name]
  const examples = one && other ? examplesOf(quoted(one), quoted(other)) : []
  const names = all ? props.names : props.names.slice(0, NAMES)
  return (
    <div className={classes.editor}>
      <Textarea
        ref={field}
        label={t('field')}
        placeholder="a -> (!b)* -> (end)"
        autosize
        minRows={1}
        maxRows={6}
        value={draft}
        error={props.wrong !== null}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        dir="ltr"
        classNames={{ input: classes.input, label: classes.label }}
        onChange={(event) => write(event.currentTarget.value.replaceAll('\n', ' '))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          findLater.cancel()
          send(draft)
        }}
      />
      {props.wrong && <PatternProblem problem={props.wrong} onReplace={set} />}
      <div className={classes.chips} role="group" aria-label={t('insert')}>
        <span className="hs-faint">{t('insert')}</span>
        {names.map(({ name }) => (
          <UnstyledButton key={name} className={classes.chip} onClick={() => insert(quoted(name))}>
            <bdi>{name}</bdi>
          </UnstyledButton>
        ))}
        {props.names.length > NAMES && (
          <UnstyledButton className={classes.more} aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'fewer_names' : 'all_names')}
          </UnstyledButton>
        )}
      </div>
      {examples.length > 0 && (
        <div className={classes.chips} role="group" aria-label={t('examples')}>
          <span className="hs-faint">{t('examples')}</span>
          {examples.map(({ key, text }) => (
            <UnstyledButton key={key} className={classes.chip} title={text} onClick={() => set(text)}>
              {t(`example.${key}`)}
            </UnstyledButton>
          ))}
        </div>
      )}
    </div>
  )
}

const examplesOf = (one: string, other: string) => [
  { key: 'directly', text: `${one} -> ${other}` },
  { key: 'within', text: `${one} -> ... -> ${other} within 2d` },
  { key: 'never', text: `${one} -> (!${other})* -> (end)` },
  { key: 'soon', text: `${one} -> .{0,3} -> ${other}` },
  { key: 'often', text: `${one}{3,} -> (!${one} | (end))` },
  { key: 'only', text: `(start) -> ${one} -> (end)` },
]
