/**
 * The one inspector of a screen, at the reading-end side; on narrow screens it rises from the bottom. Esc closes. F6 goes
 * into it and back; opened with the keyboard from a button marked `data-opens="inspector"`, it takes the focus at once.
 */
import { CloseButton, Group, Title } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import { useT } from '@/i18n/locale'
import classes from './InspectorPanel.module.css'

export function InspectorPanel(props: {
  title: ReactNode
  kind?: ReactNode
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
}) {
  const t = useT('ui')
  const { onClose } = props
  const panel = useRef<HTMLElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const from = useRef<HTMLElement | null>(null)
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented && !somethingIsOpen()) onClose()
      else if (event.key === 'F6' && !event.defaultPrevented && !somethingIsOpen()) {
        event.preventDefault()
        if (panel.current?.contains(document.activeElement)) return from.current?.focus()
        from.current = focused()
        title.current?.focus()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onClose])
  useEffect(() => {
    const opener = focused()
    if (opener?.matches('[data-opens=inspector]:focus-visible')) {
      from.current = opener
      title.current?.focus()
    }
  }, [])
  // Whoever was inside is put back where they came from, not at the top of the page.
  useLayoutEffect(() => {
    const own = panel.current
    return () => {
      const back = from.current
      if (back && own?.contains(document.activeElement)) requestAnimationFrame(() => back.isConnected && back.focus())
    }
  }, [])
  return (
    <aside className={`${classes.panel} hs-scroll`} aria-label={t('inspector')} ref={panel}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" className={classes.head}>
        <div>
          {props.kind && <div className={classes.kind}>{props.kind}</div>}
          <Title order={2} size="h3" className={`${classes.title} hs-plain`} ref={title} tabIndex={-1}>
            {props.title}
          </Title>
        </div>
        <CloseButton aria-label={t('close')} onClick={onClose} />
      </Group>
      <div className={classes.body}>{props.children}</div>
      {props.footer && <div className={classes.footer}>{props.footer}</div>}
    </aside>
  )
}

const focused = (): HTMLElement | null => (document.activeElement instanceof HTMLElement ? document.activeElement : null)

/** A menu or dialog that is open above takes its own Esc first; closed lists of choices stay in the page, unseen. */
function somethingIsOpen(): boolean {
  const above = document.querySelectorAll<HTMLElement>('[role=dialog],[role=listbox],[role=menu]')
  return [...above].some((one) => one.checkVisibility?.() ?? !one.closest('[style*="display: none"]'))
}

/** A labelled part of the inspector. */
export function InspectorSection({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionTitle}>{title}</h3>
      {children}
    </section>
  )
}

/** Name and value lines: the numbers of the selected thing. */
export function Facts({ facts }: { facts: { label: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map((fact, index) => (
        <div key={index} className={classes.fact}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
