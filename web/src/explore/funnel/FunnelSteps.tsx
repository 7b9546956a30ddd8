/** Choosing the steps, the window and what else makes the question; the address keeps it all. */
import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconGitFork, IconPlus, IconX } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { EventPick } from '../question/EventPick'
import { PropertyPick } from '../question/PropertyPick'
import { alternatives, asStep } from '../scope/pathScope'
import classes from './Funnel.module.css'
import { moved, WINDOWS, withAlternative, type Asked } from './funnelAddress'
import { useStepName } from './stepName'

export function FunnelSteps(props: { asked: Asked; ask: (change: Partial<Asked>) => void }) {
  const t = useT('explore')
  const own = useT('explore/funnel')
  const shown = useFormats()
  const stepName = useStepName()
  const [said, setSaid] = useState('')
  /** The step that the next name is one more alternative of; null: it is a step of its own. */
  const [orFor, setOrFor] = useState<number | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const { asked, ask } = props
  const steps = asked.step

  function change(next: string[]) {
    ask({ step: next })
    setOrFor(null)
  }

  function move(from: number, to: number) {
    if (to < 0 || to >= steps.length) return
    change(moved(steps, from, to))
    setSaid(t('step_moved', { name: stepName(steps[from]!), place: to + 1 }))
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('li')[to]?.focus())
  }

  function onKeyDown(event: KeyboardEvent, index: number) {
    if (event.target !== event.currentTarget) return
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
    if (step) {
      event.preventDefault()
      move(index, index + step)
    } else if (event.key === 'Delete') {
      change(steps.filter((_, other) => other !== index))
    }
  }

  function add(name: string) {
    if (orFor === null) change([...steps, asStep(name)])
    else change(steps.map((step, index) => (index === orFor ? withAlternative(step, name) : step)))
  }

  return (
    <section className={`${classes.builder} hs-card`} aria-label={t('funnel_steps')}>
      <h2 className={classes.builderTitle}>{t('funnel_steps')}</h2>
      <ol ref={list} className={classes.steps}>
        {steps.map((step, index) => {
          const name = stepName(step)
          return (
            <li
              key={`${index}/${step}`}
              className={classes.step}
              tabIndex={0}
              aria-label={t('step_label', { place: index + 1, name })}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              <span className={classes.place}>{shown.num(index + 1)}</span>
              <bdi className={classes.stepName} title={name}>
                {name}
              </bdi>
              <span className={classes.stepTools}>
                <Tooltip label={own('add_or')}>
                  <ActionIcon
                    size={26}
                    variant={orFor === index ? 'light' : 'subtle'}
                    color="gray"
                    aria-pressed={orFor === index}
                    aria-label={own('add_or_to', { name })}
                    onClick={() => setOrFor(orFor === index ? null : index)}
                  >
                    <IconGitFork size={15} />
                  </ActionIcon>
                </Tooltip>
                <ActionIcon
                  size={26}
                  variant="subtle"
                  color="gray"
                  disabled={index === 0}
                  aria-label={t('step_up', { name })}
                  onClick={() => move(index, index - 1)}
                >
                  <IconChevronUp size={15} />
                </ActionIcon>
                <ActionIcon
                  size={26}
                  variant="subtle"
                  color="gray"
                  disabled={index === steps.length - 1}
                  aria-label={t('step_down', { name })}
                  onClick={() => move(index, index + 1)}
                >
                  <IconChevronDown size={15} />
                </ActionIcon>
                <Tooltip label={t('ui:remove')}>
                  <ActionIcon
                    size={26}
                    variant="subtle"
                    color="gray"
                    aria-label={t('step_remove', { name })}
                    onClick={() => change(steps.filter((_, other) => other !== index))}
                  >
                    <IconX size={15} />
                  </ActionIcon>
                </Tooltip>
              </span>
            </li>
          )
        })}
      </ol>
      <EventPick
        one
        hidden
        label={t('add_step')}
        none={orFor === null ? t(steps.length === 0 ? 'first_step' : 'add_step') : own('or_step', { place: orFor + 1 })}
        icon={<IconPlus size={15} />}
        value={null}
        onChange={(name) => name && add(name)}
      />
      <NativeSelect
        size="sm"
        label={own('order')}
        description={own(`order_help.${asked.order}`)}
        value={asked.order}
        data={(['ordered', 'strict', 'any'] as const).map((value) => ({ value, label: own(`orders.${value}`) }))}
        onChange={(event) => ask({ order: event.currentTarget.value as Asked['order'] })}
      />
      <NativeSelect
        size="sm"
        label={t('within')}
        description={asked.order === 'any' ? own('within_any') : t('within_help')}
        value={String(asked.within)}
        data={[...new Set([...WINDOWS, asked.within])].map((value) => ({
          value: String(value),
          label: value === null ? t('any_time') : shown.duration(value),
        }))}
        onChange={(event) => ask({ within: Number(event.currentTarget.value) || null })}
      />
      <EventPick
        label={own('exclude')}
        description={own('exclude_help')}
        none={own('exclude_none')}
        without={steps.flatMap(alternatives)}
        value={asked.exclude}
        onChange={(exclude) => ask({ exclude })}
      />
      <PropertyPick
        label={own('by')}
        description={own('by_help')}
        none={own('by_none')}
        value={asked.by}
        onChange={(by) => ask({ by })}
      />
      <span className={classes.hint}>{t('funnel_keys')}</span>
      <div aria-live="polite" className={classes.said}>
        {said}
      </div>
    </section>
  )
}
