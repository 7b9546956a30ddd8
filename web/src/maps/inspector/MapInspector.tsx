/** The map itself: what it is for, who answers for it, how an instance begins, whose map it is. */
import { ActionIcon, Group, Select, Stack, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { OwnerField } from '@/library/OwnerField'
import { DayField } from '@/ui/DayField'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { CommentOn } from '../comments/CommentOn'
import { useMapPersonas } from '../library'
import { TargetsSection } from '../targets/TargetsSection'
import { WhereUsed } from '../levels/DetailMap'
import { useMaps } from '../api'
import { useMap, useSession } from '../session'
import { SaveTemplate } from './SaveTemplate'
import { ChoosePersona } from '../personas/ChoosePersona'
import { PersonaColor } from './PersonaColor'
import { DaysField, WrittenField } from './fields'

const DAY = 86_400

export function MapInspector({ onClose }: { onClose: () => void }) {
  const t = useT('maps')
  const meta = useMap((snapshot) => snapshot.meta)
  const { run, readOnly } = useSession()
  const set = (fields: Record<string, unknown>) => run({ do: 'set_map', fields })
  const options = (group: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`${group}.${value}`) }))
  const instances = meta.instances ?? { begin: 'first_stage_again' as const }
  return (
    <InspectorPanel title={meta.title} kind={t('map')} onClose={onClose}>
      <InspectorSection title={t('section.what')}>
        <Stack gap="sm">
          <CommentOn part="map" target="" />
          <Select
            label={t('kind.label')}
            data={options('kind', ['current_state', 'day_in_the_life', 'future_state', 'service_blueprint'])}
            value={meta.kind}
            onChange={(kind) => kind && set({ kind })}
            allowDeselect={false}
            readOnly={readOnly}
          />
          {meta.kind === 'future_state' && <CurrentMap />}
          <Select
            label={t('status.label')}
            data={options('status', ['draft', 'in_review', 'approved'])}
            value={meta.status ?? 'draft'}
            onChange={(status) => status && set({ status })}
            allowDeselect={false}
            readOnly={readOnly}
          />
          <OwnerField label={t('owner')} owner={meta.owner} onSave={(owner) => set({ owner })} readOnly={readOnly} />
          <DayField
            label={t('review_on')}
            day={meta.review_on ?? null}
            onSave={(review_on) => set({ review_on })}
            readOnly={readOnly}
          />
          <WrittenField
            label={t('objective')}
            value={meta.objective ?? ''}
            onSave={(text) => set({ objective: text || null })}
            readOnly={readOnly}
            lines
          />
          <WrittenField
            label={t('scope')}
            value={meta.scope ?? ''}
            onSave={(text) => set({ scope: text || null })}
            readOnly={readOnly}
            lines
          />
          <WrittenField
            label={t('description')}
            value={meta.description ?? ''}
            onSave={(text) => set({ description: text || null })}
            readOnly={readOnly}
            lines
          />
        </Stack>
      </InspectorSection>
      <TargetsSection scope={{ map: true }} />
      <WhereUsed />
      <MapPersonas />
      <InspectorSection title={t('section.instances')}>
        <Stack gap="sm">
          <Select
            label={t('instances.begin')}
            description={t(`instances.${instances.begin}_help`)}
            data={options('instances', ['first_stage_again', 'idle'])}
            value={instances.begin}
            onChange={(begin) => begin && set({ instances: { ...instances, begin, ...(begin === 'idle' && !instances.idle_seconds ? { idle_seconds: 30 * DAY } : {}) } })}
            allowDeselect={false}
            readOnly={readOnly}
          />
          <DaysField
            label={t('instances.idle_days')}
            description={t('instances.idle_days_help')}
            seconds={instances.idle_seconds ?? null}
            onSave={(seconds) => {
              const { idle_seconds: _old, ...rest } = instances
              // "After a pause" means nothing without its length.
              if (seconds !== null || rest.begin !== 'idle') set({ instances: seconds === null ? rest : { ...rest, idle_seconds: seconds } })
            }}
            readOnly={readOnly}
          />
        </Stack>
      </InspectorSection>
      {!readOnly && <SaveTemplate />}
    </InspectorPanel>
  )
}

/** The map that this one changes. */
function CurrentMap() {
  const t = useT('maps/board')
  const { m } = useParams()
  const maps = useMaps().data ?? []
  const current = useMap((snapshot) => snapshot.meta.current_map)
  const { run, readOnly } = useSession()
  return (
    <Select
      label={t('current_map')}
      description={t('current_map_help')}
      data={maps.filter((one) => one.id !== m && one.kind !== 'future_state').map((one) => ({ value: one.id, label: one.title }))}
      value={current ?? null}
      onChange={(next) => run({ do: 'set_map', fields: { current_map: next } })}
      searchable
      clearable
      readOnly={readOnly}
    />
  )
}

function MapPersonas() {
  const t = useT('maps')
  const personas = useMapPersonas()
  const { run, readOnly } = useSession()
  return (
    <InspectorSection title={t('section.personas')}>
      <Stack gap={6}>
        {personas.map((one, place) => (
          <Group key={one.id} gap={8} wrap="nowrap">
            <PersonaColor persona={one} place={place} />
            <Text size="sm" className="hs-plain" flex={1}>
              {one.name}
            </Text>
            {!readOnly && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('remove_persona', { name: one.name })}
                onClick={() => run({ do: 'remove_persona', id: one.id })}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </Group>
        ))}
        <ChoosePersona />
      </Stack>
    </InspectorSection>
  )
}
