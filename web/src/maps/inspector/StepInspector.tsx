/** A step of a stage, and the list of them in their stage's inspector. */
import { ActionIcon, Button, Group, Select, Stack, UnstyledButton } from '@mantine/core'
import { IconArrowNarrowDown, IconArrowNarrowUp, IconPlus } from '@tabler/icons-react'
import { moveAmong } from '@/editor/moves'
import { useT } from '@/i18n/locale'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { useChoosing } from '../selection'
import { useMap, useSession } from '../session'
import { DeleteButton } from './DeleteButton'
import { WrittenField } from './fields'
import classes from './inspector.module.css'

export function StepInspector({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT('maps/board')
  const step = useMap((snapshot) => snapshot.steps.find((one) => one.id === id))
  const stages = useMap((snapshot) => snapshot.stages)
  const { run, readOnly } = useSession()
  if (!step) return null
  const set = (fields: Record<string, unknown>) => run({ do: 'set_step', id, fields })
  return (
    <InspectorPanel
      title={step.name}
      kind={`${t('step')} · ${stages.find((one) => one.id === step.stage)?.name ?? ''}`}
      onClose={onClose}
      footer={
        <DeleteButton
          label={t('delete_step')}
          onDelete={() => {
            run({ do: 'delete_step', id })
            onClose()
          }}
        />
      }
    >
      <InspectorSection title={t('maps:section.what')}>
        <Stack gap="sm">
          <WrittenField label={t('step_name')} value={step.name} onSave={(name) => name && set({ name })} readOnly={readOnly} maxLength={200} />
          <WrittenField
            label={t('maps:description')}
            value={step.description ?? ''}
            onSave={(text) => set({ description: text || null })}
            readOnly={readOnly}
            lines
          />
          <Select
            label={t('maps:stage')}
            data={stages.map((one) => ({ value: one.id, label: one.name }))}
            value={step.stage}
            onChange={(stage) => stage && stage !== step.stage && run({ do: 'move_step', id, stage, before: null })}
            allowDeselect={false}
            readOnly={readOnly}
            size="sm"
          />
        </Stack>
      </InspectorSection>
    </InspectorPanel>
  )
}

export function StageSteps({ stage }: { stage: string }) {
  const t = useT('maps/board')
  const all = useMap((snapshot) => snapshot.steps)
  const { run, readOnly } = useSession()
  const { select } = useChoosing()
  const steps = all.filter((one) => one.stage === stage)
  if (readOnly && steps.length === 0) return null
  const move = (id: string, forward: boolean) => {
    const command = moveAmong('step', steps.map((one) => one.id), id, forward)
    if (command) run(command)
  }
  return (
    <InspectorSection title={t('steps')}>
      <Stack gap={4}>
        {steps.map((step, index) => (
          <Group key={step.id} gap={2} wrap="nowrap">
            <UnstyledButton className={classes.step} onClick={() => select({ kind: 'step', id: step.id })}>
              <bdi>{step.name}</bdi>
            </UnstyledButton>
            {!readOnly && (
              <>
                <ActionIcon variant="subtle" color="gray" size="sm" disabled={index === 0} onClick={() => move(step.id, false)} aria-label={t('earlier', { name: step.name })}>
                  <IconArrowNarrowUp size={15} />
                </ActionIcon>
                <ActionIcon variant="subtle" color="gray" size="sm" disabled={index === steps.length - 1} onClick={() => move(step.id, true)} aria-label={t('later', { name: step.name })}>
                  <IconArrowNarrowDown size={15} />
                </ActionIcon>
              </>
            )}
          </Group>
        ))}
        {!readOnly && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => {
              const [added] = run({ do: 'add_step', stage, name: t('new_step') })
              if (added) select({ kind: 'step', id: added })
            }}
          >
            {t('add_step')}
          </Button>
        )}
      </Stack>
    </InspectorSection>
  )
}
