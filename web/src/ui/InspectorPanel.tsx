/** The one inspector of a screen, at the reading-end side; on narrow screens it rises from the bottom. Esc closes. */
import { CloseButton, Group, Title } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
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
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented && !somethingIsOpen()) onClose()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <aside className={`${classes.panel} hs-scroll`} aria-label={t('inspector')} ref={panel}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" className={classes.head}>
        <div>
          {props.kind && <div className={classes.kind}>{props.kind}</div>}
          <Title order={2} size="h3" className="hs-plain">
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
