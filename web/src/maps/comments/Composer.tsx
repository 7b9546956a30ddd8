/** Where a comment is written. After an @ it proposes people: arrows choose, Enter or Tab takes, Esc leaves them. */
import { Button, Group, Popover, Textarea } from '@mantine/core'
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { directionOf } from '@/i18n/direction'
import { useLocale, useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { Avatar } from '../together/Avatar'
import { decode, encode, labelOf, mentionAt, type Person } from './mentions'
import classes from './comments.module.css'

const LONGEST = 5_000

export function Composer(props: {
  label: string
  send: string
  people: readonly Person[]
  /** As it is kept, with ids. */
  value?: string
  autoFocus?: boolean
  /** Throws to keep what was written. */
  onSend: (text: string) => Promise<unknown>
  onCancel?: () => void
}) {
  const t = useT('maps/comments')
  const { dir } = useLocale()
  const tell = useTellProblem()
  const { people } = props
  const [text, setText] = useState(() => decode(props.value ?? '', people))
  const [sending, setSending] = useState(false)
  const [caret, setCaret] = useState(-1)
  const [chosen, setChosen] = useState(0)
  /** The @ whose proposals were sent away. */
  const [left, setLeft] = useState(-1)
  const field = useRef<HTMLTextAreaElement>(null)
  const wanted = useRef<number | null>(null)
  const list = useId()
  const blank = text.trim() === ''
  const mention = caret < 0 ? null : mentionAt(text, caret, people)
  const found = mention && mention.at !== left ? mention.found : []
  const at = Math.min(chosen, found.length - 1)

  // The caret can be put only once the new text stands in the field.
  useLayoutEffect(() => {
    if (wanted.current === null) return
    field.current?.setSelectionRange(wanted.current, wanted.current)
    wanted.current = null
  })

  function take(person: Person) {
    const written = `@${labelOf(person, people)} `
    const after = text.slice(caret).replace(/^ /, '')
    wanted.current = mention!.at + written.length
    setText(text.slice(0, mention!.at) + written + after)
    setCaret(wanted.current)
    setChosen(0)
    setLeft(mention!.at)
    field.current?.focus()
  }

  async function submit() {
    if (blank || sending) return
    setSending(true)
    try {
      await props.onSend(encode(text.trim(), people))
      setText('')
      setCaret(-1)
    } catch (problem) {
      tell(problem)
    } finally {
      setSending(false)
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const done = () => event.preventDefault()
    if (found.length > 0) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        done()
        return setChosen((at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length)
      }
      if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
        done()
        return take(found[at]!)
      }
      if (event.key === 'Escape') {
        done()
        return setLeft(mention!.at)
      }
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      done()
      void submit()
    } else if (event.key === 'Escape' && props.onCancel) {
      done()
      props.onCancel()
    }
  }

  return (
    <div className={classes.composer}>
      <Popover opened={found.length > 0} width="target" position="bottom-start" withinPortal withRoles={false} trapFocus={false} returnFocus={false} offset={4}>
        <Popover.Target>
          <Textarea
            ref={field}
            aria-label={props.label}
            placeholder={props.label}
            value={text}
            dir={directionOf(text, dir)}
            maxLength={LONGEST}
            autosize
            minRows={1}
            maxRows={10}
            autoFocus={props.autoFocus}
            data-autofocus={props.autoFocus || undefined}
            role="combobox"
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-expanded={found.length > 0}
            aria-controls={found.length > 0 ? list : undefined}
            aria-activedescendant={found.length > 0 ? `${list}-${at}` : undefined}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setCaret(event.currentTarget.selectionStart)
              setChosen(0)
              if (event.currentTarget.value.charAt(left) !== '@') setLeft(-1)
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onBlur={() => setCaret(-1)}
            onKeyDown={onKeyDown}
          />
        </Popover.Target>
        <Popover.Dropdown p={4}>
          <ul id={list} role="listbox" aria-label={t('people')} className={classes.people}>
            {found.map((person, index) => (
              <li
                key={person.id}
                id={`${list}-${index}`}
                role="option"
                aria-selected={index === at}
                className={classes.person}
                // The field keeps the focus, and with it the caret.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(person)}
              >
                <Avatar id={person.id} name={person.name} size={24} />
                <span className={classes.personName}>
                  <span>
                    <bdi>{person.name}</bdi>
                  </span>
                  <span className={`${classes.personMail} hs-faint`}>
                    <bdi dir="ltr">{person.email}</bdi>
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </Popover.Dropdown>
      </Popover>
      {(!blank || props.onCancel) && (
        <Group gap="xs" mt={6}>
          <Button size="compact-sm" loading={sending} disabled={blank} onClick={() => void submit()} title="Ctrl+Enter">
            {props.send}
          </Button>
          {props.onCancel && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={props.onCancel}>
              {t('ui:cancel')}
            </Button>
          )}
        </Group>
      )}
    </div>
  )
}
