/** Which touchpoint of the library a card is, how needed it is here, and which events it is. */
import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useParams } from 'react-router'
import { newId } from '@/editor/commands'
import type { Card } from '@/editor/model'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { useSave } from '@/library/api'
import { MatcherEditor } from '@/library/MatcherEditor'
import { ProfileEditor } from '@/library/ProfileEditor'
import { StandardEditor } from '@/library/StandardEditor'
import { useTellProblem } from '@/shell/problems'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useLibrary } from '../library'
import { useMap, useSession } from '../session'

export function TouchpointBinding({ card, set }: { card: Card; set: (fields: Record<string, unknown>) => void }) {
  const t = useT('maps')
  const { m } = useParams()
  const { touchpoints, channels } = useLibrary()
  const { readOnly } = useSession()
  const save = useSave('touchpoints')
  const tell = useTellProblem()
  const touchpoint = card.touchpoint ? touchpoints.get(card.touchpoint) : undefined

  async function makeTouchpoint() {
    try {
      const made = await save.mutateAsync({ name: plainText(card.text) || t('new_touchpoint') })
      set({ touchpoint: made.id, need: card.need ?? 'optional' })
    } catch (error) {
      tell(error)
    }
  }

  return (
    <>
      <InspectorSection title={t('section.touchpoint')}>
        <Stack gap="sm">
          <Select
            data-field="touchpoint"
            label={t('library_touchpoint')}
            description={t('library_touchpoint_help')}
            placeholder={t('library_touchpoint_none')}
            data={[...touchpoints.values()].map((one) => ({ value: one.id, label: one.name }))}
            value={card.touchpoint ?? null}
            onChange={(id) => set({ touchpoint: id })}
            searchable
            clearable
            readOnly={readOnly}
            nothingFoundMessage={t('ui:nothing_found')}
            size="sm"
          />
          {!card.touchpoint && !readOnly && (
            <Button size="compact-sm" variant="light" onClick={() => void makeTouchpoint()} loading={save.isPending}>
              {t('make_touchpoint')}
            </Button>
          )}
          {touchpoint && (
            <>
              <Select
                label={t('channel')}
                placeholder={t('no_channel')}
                data={[...channels.values()].map((one) => ({ value: one.id, label: one.name }))}
                value={touchpoint.channel}
                onChange={(channel) => save.mutate({ id: touchpoint.id, channel }, { onError: tell })}
                clearable
                readOnly={readOnly}
                size="sm"
              />
              <Needed card={card} set={set} />
            </>
          )}
        </Stack>
      </InspectorSection>
      {touchpoint && (
        <InspectorSection title={t('section.events')}>
          <MatcherEditor
            key={touchpoint.id}
            touchpoint={touchpoint.id}
            map={m}
            matcher={touchpoint.matcher}
            readOnly={readOnly}
            saving={save.isPending}
            onSave={(matcher) => save.mutate({ id: touchpoint.id, matcher }, { onError: tell })}
          />
        </InspectorSection>
      )}
      {touchpoint && (
        <StandardEditor
          key={`standard-${touchpoint.id}`}
          touchpoint={touchpoint}
          map={m}
          readOnly={readOnly}
          saving={save.isPending}
          onSave={(fields) => save.mutate({ id: touchpoint.id, ...fields }, { onError: tell })}
        />
      )}
      {touchpoint && (
        <ProfileEditor
          key={`profile-${touchpoint.id}`}
          touchpoint={touchpoint}
          readOnly={readOnly}
          onSave={(fields) => save.mutate({ id: touchpoint.id, ...fields }, { onError: tell })}
        />
      )}
    </>
  )
}

const NEW_GROUP = '+'

function Needed({ card, set }: { card: Card; set: (fields: Record<string, unknown>) => void }) {
  const t = useT('maps')
  const { readOnly } = useSession()
  const cards = useMap((snapshot) => snapshot.cards)
  const [label] = useState(() => `need-${card.id}`)
  const groups = [...new Set([...cards.values()].filter((one) => one.stage === card.stage && one.group).map((one) => one.group!))]
  const mates = [...cards.values()].filter((one) => one.group === card.group && one.stage === card.stage && one.id !== card.id)
  const need = card.need ?? 'optional'

  function choose(next: string) {
    if (next === 'any_of') set({ need: next, group: card.group ?? groups[0] ?? newId() })
    else set({ need: next, group: null })
  }

  return (
    <div>
      <Text size="sm" fw={500} id={label}>
        {t('need.label')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={label}
        value={need}
        onChange={choose}
        readOnly={readOnly}
        data={(['required', 'optional', 'any_of'] as const).map((value) => ({ value, label: t(`need.${value}`) }))}
      />
      <Text size="xs" className="hs-faint" mt={4}>
        {t(`need.${need}_help`)}
      </Text>
      {need === 'any_of' && (
        <Group gap={6} mt={6}>
          <Text size="xs">
            {mates.length > 0 ? t('need.group_with', { cards: mates.map((one) => plainText(one.text)).join(t('ui:list_joiner')) }) : t('need.group_alone')}
          </Text>
          {groups.length > 0 && (
            <Select
              size="xs"
              aria-label={t('need.group')}
              data={[
                ...groups.map((value, index) => ({ value, label: t('need.group_n', { n: index + 1 }) })),
                { value: NEW_GROUP, label: t('need.group_new') },
              ]}
              value={card.group ?? null}
              onChange={(group) => group && set({ group: group === NEW_GROUP ? newId() : group })}
              readOnly={readOnly}
            />
          )}
        </Group>
      )}
    </div>
  )
}
