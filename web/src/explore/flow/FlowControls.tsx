/** What is asked of a flow: the anchor, how many steps around it, which anchors count. */
import { Autocomplete, SegmentedControl, Switch } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { Problem } from '@/api/problem'
import type { EventName } from '@/api/types'
import { useT } from '@/i18n/locale'
import { NumberField } from '@/ui/NumberField'
import { PatternProblem } from '../pattern/PatternProblem'
import type { Asked } from './Screen'
import classes from './Sankey.module.css'

export function FlowControls(props: {
  asked: Asked
  ask: (change: Partial<Asked>) => void
  names: EventName[]
  wrong: Problem | null
}) {
  const t = useT('explore/flow')
  const { asked, ask } = props
  const [draft, setDraft] = useState(asked.anchor)
  // As in the editor of patterns: what is written is not overtaken by the address that follows it.
  const sent = useRef(asked.anchor)
  useEffect(() => {
    if (asked.anchor !== sent.current) setDraft(asked.anchor)
    sent.current = asked.anchor
  }, [asked.anchor])
  const send = (anchor: string) => {
    sent.current = anchor.trim()
    ask({ anchor: sent.current })
  }
  const askLater = useDebouncedCallback(send, 600)
  const steps = (name: 'before' | 'after', label: string) => (
    <NumberField
      className={classes.number}
      label={label}
      least={0}
      most={10}
      value={asked[name]}
      onChange={(value) => value !== null && ask({ [name]: value })}
    />
  )
  return (
    <>
      <div>
        <Autocomplete
          className={classes.anchor}
          size="sm"
          label={t('anchor_label')}
          placeholder={t('anchor_placeholder')}
          limit={50}
          data={props.names.map(({ name }) => name)}
          value={draft}
          error={props.wrong !== null}
          onChange={(value) => {
            setDraft(value)
            askLater(value)
          }}
          onOptionSubmit={(value) => {
            askLater.cancel()
            send(value)
          }}
        />
        {props.wrong && (
          <PatternProblem
            problem={props.wrong}
            onReplace={(anchor) => {
              setDraft(anchor)
              send(anchor)
            }}
          />
        )}
      </div>
      {steps('before', t('before'))}
      {steps('after', t('after'))}
      <NumberField
        className={classes.number}
        label={t('top')}
        least={1}
        most={20}
        value={asked.top}
        onChange={(value) => value !== null && ask({ top: value })}
      />
      <SegmentedControl
        size="sm"
        aria-label={t('occurrence')}
        value={asked.occurrence}
        data={[
          { value: 'every', label: t('every') },
          { value: 'first', label: t('first') },
          { value: 'last', label: t('last') },
        ]}
        onChange={(value) => ask({ occurrence: value as Asked['occurrence'] })}
      />
      <Switch
        size="sm"
        label={t('collapse')}
        checked={asked.collapse}
        onChange={(event) => ask({ collapse: event.currentTarget.checked })}
      />
    </>
  )
}
