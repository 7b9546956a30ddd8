/** Two touchpoints that are one: which stays, and what becomes of their events. */
import { Button, Group, Radio, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowMerge } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useDuplicates, useMerge, useTouchpoints } from './api'
import type { Touchpoint } from './types'

export function MergeTouchpoint({ touchpoint, onMerged }: { touchpoint: Touchpoint; onMerged: (into: string) => void }) {
  const t = useT('library')
  const others = (useTouchpoints().data ?? []).filter((one) => one.id !== touchpoint.id)
  const alike = (useDuplicates().data ?? []).find((group) => group.some((one) => one.id === touchpoint.id))
  const proposed = alike?.find((one) => one.id !== touchpoint.id)?.id ?? null
  const [chosen, choose] = useState<string | null>(null)
  const [events, setEvents] = useState<'keep' | 'join'>('keep')
  const merge = useMerge()
  const tell = useTellProblem()
  const into = others.find((one) => one.id === chosen)
  const both = (touchpoint.matcher?.events.length ?? 0) > 0 && (into?.matcher?.events.length ?? 0) > 0
  const plain = touchpoint.matcher?.conditions.length === 0 && into?.matcher?.conditions.length === 0

  return (
    <InspectorSection title={t('section.merge')}>
      <Stack gap="sm">
        <Select
          label={t('merge.into')}
          description={t('merge.help')}
          placeholder={t('merge.choose')}
          data={others.map((one) => ({ value: one.id, label: one.name }))}
          value={chosen}
          onChange={choose}
          searchable
          clearable
          nothingFoundMessage={t('ui:nothing_found')}
          size="sm"
        />
        {proposed && !chosen && (
          <Button size="compact-sm" variant="light" onClick={() => choose(proposed)}>
            {t('merge.proposed', { name: others.find((one) => one.id === proposed)?.name ?? '' })}
          </Button>
        )}
        {into && (
          <>
            <Text size="sm">
              {t('merge.effect', { name: touchpoint.name, into: into.name, count: touchpoint.maps.length })}
            </Text>
            {both && (
              <Radio.Group
                label={t('merge.events')}
                description={plain ? undefined : t('merge.conditions')}
                value={plain ? events : 'keep'}
                onChange={(next) => setEvents(next as 'keep' | 'join')}
                size="sm"
              >
                <Stack gap={6} mt={6}>
                  <Radio value="keep" label={t('merge.keep', { into: into.name })} />
                  <Radio value="join" label={t('merge.join')} disabled={!plain} />
                </Stack>
              </Radio.Group>
            )}
            <Group>
              <Button
                size="compact-sm"
                leftSection={<IconArrowMerge size={15} />}
                loading={merge.isPending}
                onClick={() =>
                  merge.mutate(
                    { id: touchpoint.id, into: into.id, events: both && plain ? events : 'keep' },
                    {
                      onError: tell,
                      onSuccess: () => {
                        notifications.show({ message: t('merge.done', { name: touchpoint.name, into: into.name }) })
                        onMerged(into.id)
                      },
                    },
                  )
                }
              >
                {t('merge.do')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </InspectorSection>
  )
}
