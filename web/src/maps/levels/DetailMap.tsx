/** The detailed map of a stage: made, chosen, opened, or let go. */
import { Anchor, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import type { Stage } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useCreateMap, useMaps } from '../api'
import { useSession } from '../session'
import { useLevelsHere } from './context'
import { detailOf } from './levels'

export function DetailMap({ stage }: { stage: Stage }) {
  const t = useT('maps/board')
  const { m } = useParams()
  const workspace = useWorkspace()
  const { map, run, readOnly } = useSession()
  const maps = useMaps().data
  const create = useCreateMap()
  const tell = useTellProblem()
  const { details } = useLevelsHere()
  const here = details.find((one) => one.stage === stage.id && one.map === stage.detail_map)
  const set = (detail: string | null) => run({ do: 'set_stage', id: stage.id, fields: { detail_map: detail } })
  if (readOnly && !stage.detail_map) return null

  function make() {
    create.mutate({ document: JSON.stringify(detailOf(map.snapshot, stage.id)) }, { onSuccess: (made) => set(made.id), onError: tell })
  }

  const others = (maps ?? []).filter((one) => one.id !== m)
  return (
    <InspectorSection title={t('detail.title')}>
      <Stack gap="xs">
        {stage.detail_map && here?.gone && (
          <Text size="sm" c="red">
            {t('detail.gone')}
          </Text>
        )}
        {stage.detail_map && here && !here.gone && (
          <Anchor component={Link} to={`/w/${workspace.id}/maps/${stage.detail_map}`} size="sm">
            {t('detail.open', { title: here.title })}
          </Anchor>
        )}
        {!readOnly && (
          <>
            {!stage.detail_map && (
              <>
                <Text size="xs" className="hs-faint">
                  {t('detail.help')}
                </Text>
                <Group>
                  <Button size="compact-sm" variant="light" leftSection={<IconStack2 size={15} />} onClick={make} loading={create.isPending}>
                    {t('detail.make')}
                  </Button>
                </Group>
              </>
            )}
            <Select
              aria-label={t('detail.choose')}
              placeholder={t('detail.choose')}
              data={others.map((one) => ({ value: one.id, label: one.title }))}
              value={others.some((one) => one.id === stage.detail_map) ? stage.detail_map! : null}
              onChange={set}
              searchable
              clearable
              nothingFoundMessage={t('ui:nothing_found')}
              size="sm"
            />
            {here?.gone && (
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => set(null)}>
                {t('detail.let_go')}
              </Button>
            )}
          </>
        )}
      </Stack>
    </InspectorSection>
  )
}

/** Which stages of other maps this map details. */
export function WhereUsed() {
  const t = useT('maps/board')
  const workspace = useWorkspace()
  const { places } = useLevelsHere()
  if (places.length === 0) return null
  return (
    <InspectorSection title={t('detail.used')}>
      <Stack gap={4}>
        {places.map((place) => (
          <Anchor key={`${place.map}:${place.stage}`} component={Link} to={`/w/${workspace.id}/maps/${place.map}?at=stage:${place.stage}`} size="sm">
            {t('detail.used_in', { stage: place.stage_name, title: place.title })}
          </Anchor>
        ))}
      </Stack>
    </InspectorSection>
  )
}
