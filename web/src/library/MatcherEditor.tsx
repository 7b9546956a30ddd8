/** Which events are a touchpoint, with what that finds now: nobody has to guess whether a rule works. */
import { ActionIcon, Autocomplete, Button, Group, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Condition, Matcher } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { useEventNames, useEventProperties } from './api'
import { MatchFound } from './MatchFound'
import { conditionOf, draftOf, OPERATORS, sameMatcher, type ConditionDraft } from './matcher'
import classes from './library.module.css'

export function MatcherEditor(props: {
  matcher: Matcher | null
  /** It says which visits failed: there may well be none. */
  failure?: boolean
  touchpoint?: string
  map?: string | undefined
  readOnly: boolean
  saving: boolean
  onSave: (matcher: Matcher | null) => void
}) {
  const t = useT('library')
  const shown = useFormats()
  const kept = () => (props.matcher?.conditions ?? []).map((one) => draftOf(one, shown.digits))
  const [events, setEvents] = useState(props.matcher?.events ?? [])
  const [drafts, setDrafts] = useState<ConditionDraft[]>(kept)
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search, 250)
  const names = useEventNames(asked)
  const properties = useEventProperties()
  const conditions = drafts.map(conditionOf)
  const whole = conditions.every((one) => one !== null)
  const matcher: Matcher | null = events.length > 0 ? { events, conditions: conditions.filter((one): one is Condition => one !== null) } : null
  const [settled] = useDebouncedValue(matcher, 350)
  const changed = !sameMatcher(matcher, props.matcher)
  const counts = new Map((names.data?.items ?? []).map((one) => [one.name, one.events]))

  function change(index: number, fields: Partial<ConditionDraft>) {
    setDrafts(drafts.map((draft, at) => (at === index ? { ...draft, ...fields } : draft)))
  }

  return (
    <Stack gap="sm">
      <TagsInput
        data-field="events"
        label={t(props.failure ? 'matcher.failure_events' : 'matcher.events')}
        description={t(props.failure ? 'matcher.failure_help' : 'matcher.events_help')}
        placeholder={events.length === 0 ? t('matcher.events_placeholder') : ''}
        data={(names.data?.items ?? []).map((one) => one.name)}
        value={events}
        onChange={setEvents}
        searchValue={search}
        onSearchChange={setSearch}
        renderOption={({ option }) => (
          <Group justify="space-between" wrap="nowrap" w="100%" gap="xs">
            <bdi>{option.value}</bdi>
            <span className="hs-faint hs-tabular">{shown.compact(counts.get(option.value) ?? 0)}</span>
          </Group>
        )}
        // Upwards: what the rule finds stands below and is what one looks at while choosing.
        comboboxProps={{ position: 'top' }}
        maxTags={100}
        readOnly={props.readOnly}
        clearable={false}
        acceptValueOnBlur
        size="sm"
      />
      {(drafts.length > 0 || (!props.readOnly && (!props.failure || events.length > 0))) && (
        <div>
          <Text size="sm" fw={500}>
            {t('matcher.conditions')}
          </Text>
          {drafts.map((draft, index) => (
            <div key={index} className={classes.condition}>
              <Autocomplete
                aria-label={t('matcher.property')}
                placeholder={t('matcher.property')}
                data={(properties.data ?? []).map((one) => one.name)}
                value={draft.property}
                onChange={(property) => change(index, { property })}
                readOnly={props.readOnly}
                size="xs"
              />
              <Select
                aria-label={t('matcher.operator')}
                data={OPERATORS.map((op) => ({ value: op, label: t(`op.${op === '=' ? 'eq' : op === '<' ? 'lt' : op === '>' ? 'gt' : op}`) }))}
                value={draft.op}
                onChange={(op) => op && change(index, { op: op as Condition['op'] })}
                allowDeselect={false}
                readOnly={props.readOnly}
                size="xs"
              />
              {draft.op === 'exists' ? (
                <span />
              ) : (
                <TextInput
                  aria-label={t('matcher.value')}
                  placeholder={draft.op === 'in' ? t('matcher.values') : t('matcher.value')}
                  value={draft.value}
                  onChange={(event) => change(index, { value: event.currentTarget.value })}
                  error={conditions[index] === null && draft.property !== '' && draft.value !== ''}
                  readOnly={props.readOnly}
                  classNames={{ input: 'hs-plain' }}
                  size="xs"
                />
              )}
              {!props.readOnly && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={t('matcher.remove_condition')}
                  onClick={() => setDrafts(drafts.filter((_one, at) => at !== index))}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </div>
          ))}
          {!props.readOnly && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={13} />}
              onClick={() => setDrafts([...drafts, { property: '', op: '=', value: '' }])}
            >
              {t('matcher.add_condition')}
            </Button>
          )}
        </div>
      )}
      {(!props.failure || settled) && <MatchFound matcher={settled} touchpoint={props.touchpoint} map={props.map} />}
      {!props.readOnly && changed && (
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => props.onSave(matcher)} loading={props.saving} disabled={!whole}>
            {t('matcher.save')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              setEvents(props.matcher?.events ?? [])
              setDrafts(kept())
            }}
          >
            {t('ui:cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
