/**
 * One tooltip for everything that says `data-tip`: for boards of thousands of small marks, where a tooltip of its own for
 * each would cost more than the marks. What it says must also stand in the element's name or in unseen text.
 */
import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'

interface Tip {
  target: HTMLElement
  label: string
}

const tipAt = (event: Event): Tip | null => {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null
  return target?.dataset.tip ? { target, label: target.dataset.tip } : null
}

export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => {
    const show = (event: Event) => {
      const next = tipAt(event)
      setTip((now) => (now?.target === next?.target && now?.label === next?.label ? now : next))
    }
    const focus = (event: Event) => event.target instanceof Element && event.target.matches(':focus-visible') && show(event)
    const hide = () => setTip(null)
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    document.addEventListener('mouseover', show)
    document.addEventListener('focusin', focus)
    document.addEventListener('focusout', hide)
    document.addEventListener('dragstart', hide)
    // What scrolls away from under the pointer is no longer pointed at.
    document.addEventListener('scroll', hide, { capture: true, passive: true })
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('mouseover', show)
      document.removeEventListener('focusin', focus)
      document.removeEventListener('focusout', hide)
      document.removeEventListener('dragstart', hide)
      document.removeEventListener('scroll', hide, { capture: true })
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
  if (!tip) return null
  return <Tooltip opened target={tip.target} label={tip.label} multiline={tip.label.length > 60} maw={320} />
}
