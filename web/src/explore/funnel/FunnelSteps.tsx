/** Choosing the steps and the window; the address keeps both. */
import { ActionIcon, NativeSelect, Select, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconPlus, IconX } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useSearchParams } from 'react-router'
import type { EventName } from '@/api/types'
import { useFormats, useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import classes from './Funnel.module.css'
import { moved, windowSeconds, WINDOWS, writeSteps, type Asked } from './funnelAddress'

export function FunnelSteps({ asked, names }: { asked: Asked; names: EventName[] }) {
  const t = useT('explore')
  const shown = useFormats()
  const [params, setParams] = useSearchParams()
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const { steps } = asked

  function change(next: string[]) {
    setParams((old) => writeSteps(old, next), { replace: true })
  }

  function move(from: number, to: number) {
    if (to < 0 || to >= steps.length) return
    change(moved(steps, from, to))
    setSaid(t('step_moved', { name: steps[from], place: to + 1 }))
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

  return (
    <section className={`${classes.builder} hs-card`} aria-label={t('funnel_steps')}>
      <h2 className={classes.builderTitle}>{t('funnel_steps')}</h2>
      <ol ref={list} className={classes.steps}>
        {steps.map((step, index) => (
          <li
            key={`${index}/${step}`}
            className={classes.step}
            tabIndex={0}
            aria-label={t('step_label', { place: index + 1, name: step })}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            <span className={classes.place}>{shown.num(index + 1)}</span>
            <bdi className={classes.stepName} title={step}>
              {step}
            </bdi>
            <span className={classes.stepTools}>
              <ActionIcon
                size={26}
                variant="subtle"
                color="gray"
                disabled={index === 0}
                aria-label={t('step_up', { name: step })}
                onClick={() => move(index, index - 1)}
              >
                <IconChevronUp size={15} />
              </ActionIcon>
              <ActionIcon
                size={26}
                variant="subtle"
                color="gray"
                disabled={index === steps.length - 1}
                aria-label={t('step_down', { name: step })}
                onClick={() => move(index, index + 1)}
              >
                <IconChevronDown size={15} />
              </ActionIcon>
              <Tooltip label={t('ui:remove')}>
                <ActionIcon
                  size={26}
                  variant="subtle"
                  color="gray"
                  aria-label={t('step_remove', { name: step })}
                  onClick={() => change(steps.filter((_, other) => other !== index))}
                >
                  <IconX size={15} />
                </ActionIcon>
              </Tooltip>
            </span>
          </li>
        ))}
      </ol>
      <Select
        size="sm"
        searchable
        value={null}
        aria-label={t('add_step')}
        placeholder={t(steps.length === 0 ? 'first_step' : 'add_step')}
        leftSection={<IconPlus size={15} />}
        nothingFoundMessage={t('ui:nothing_found')}
        maxDropdownHeight={280}
        data={names.map(({ name }) => name)}
        filter={({ options, search }) => {
          const wanted = searchKey(search)
          return options.filter((option) => 'label' in option && searchKey(String(option.label)).includes(wanted))
        }}
        renderOption={({ option }) => (
          <span className={classes.option}>
            <bdi>{option.label}</bdi>
            <span className="hs-faint">
              {shown.compact(names.find(({ name }) => name === option.value)?.events ?? 0)}
            </span>
          </span>
        )}
        onChange={(name) => name && change([...steps, name])}
      />
      <NativeSelect
        size="sm"
        label={t('within')}
        description={t('within_help')}
        value={params.get('within') ?? ''}
        data={[...new Set([...WINDOWS, params.get('within') ?? ''])].map((value) => ({
          value,
          label: value ? shown.duration(windowSeconds(value) ?? 0) : t('any_time'),
        }))}
        onChange={(event) => {
          const value = event.currentTarget.value
          setParams(
            (old) => {
              const next = new URLSearchParams(old)
              if (value) next.set('within', value)
              else next.delete('within')
              return next
            },
            { replace: true },
          )
        }}
      />
      <span className={classes.hint}>{t('funnel_keys')}</span>
      <div aria-live="polite" className={classes.said}>
        {said}
      </div>
    </section>
  )
}
