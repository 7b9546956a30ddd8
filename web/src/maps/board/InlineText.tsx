/** Text that is written where it stands: Enter keeps it, Esc leaves it as it was. */
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useMarkKeys } from '../cards/useMarkKeys'
import classes from './InlineText.module.css'

export function InlineText(props: {
  value: string
  label: string
  placeholder?: string
  /** Shift+Enter makes a new line. */
  lines?: boolean
  /** Ctrl+B and Ctrl+I mark what is selected. */
  rich?: boolean
  onSave: (text: string) => void
  /** `key`: left by Enter, Esc or Tab, so the focus wants a new place. */
  onClose: (how: 'key' | 'blur') => void
  /** Tab keeps the text and goes on; false: there is nowhere to go on to. */
  onTab?: (back: boolean) => boolean
  onPaste?: (event: ClipboardEvent) => void
  /** Enter keeps the field open for the next one (adding several cards in a row). */
  again?: boolean
}) {
  const { onSave, onClose } = props
  const [text, setText] = useState(props.value)
  const field = useRef<HTMLTextAreaElement>(null)
  const done = useRef(false)
  const mark = useMarkKeys(field, setText)

  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  useEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [text])

  function finish(save: boolean, how: 'key' | 'blur' | 'tab' = 'key') {
    if (done.current) return
    done.current = true
    if (save && text.trim() !== props.value.trim()) onSave(text.trim())
    if (how !== 'tab') onClose(how)
  }

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation()
    // Enter that ends an input method's own composition is not ours.
    if (event.nativeEvent.isComposing) return
    if (props.rich && mark(event)) return
    if (event.key === 'Escape') {
      event.preventDefault()
      finish(false)
    } else if (event.key === 'Tab' && props.onTab) {
      // What is written may be what the next place depends on.
      const back = event.shiftKey
      finish(true, 'tab')
      if (props.onTab(back)) event.preventDefault()
      else onClose('blur')
    } else if (event.key === 'Enter' && !(event.shiftKey && props.lines)) {
      event.preventDefault()
      if (props.again && text.trim()) {
        onSave(text.trim())
        setText('')
      } else finish(true)
    }
  }

  return (
    <textarea
      ref={field}
      className={classes.field}
      aria-label={props.label}
      placeholder={props.placeholder}
      dir="auto"
      rows={1}
      maxLength={5000}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onPaste={props.onPaste}
      onBlur={() => finish(true, 'blur')}
    />
  )
}
