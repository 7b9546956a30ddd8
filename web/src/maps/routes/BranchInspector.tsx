/** An alternative route: its name, where it leaves and reaches the map, and who takes it. */
import { Select, Stack } from '@mantine/core'
import { useT } from '@/i18n/locale'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { DeleteButton } from '../inspector/DeleteButton'
import { WrittenField } from '../inspector/fields'
import { useMap, useSession } from '../session'

export function BranchInspector({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT('maps/routes')
  const branch = useMap((snapshot) => snapshot.branches.find((one) => one.id === id))
  const stages = useMap((snapshot) => snapshot.stages)
  const { run, readOnly } = useSession()
  if (!branch) return null
  const set = (fields: Record<string, unknown>) => run({ do: 'set_branch', id, fields })
  const nameOf = (stage: string) => stages.find((one) => one.id === stage)?.name ?? ''
  const end = (field: 'from_stage' | 'to_stage', other: string) => (
    <Select
      label={t(field)}
      data={stages.filter((one) => one.id !== other).map((one) => ({ value: one.id, label: one.name }))}
      value={branch[field]}
      onChange={(stage) => stage && set({ [field]: stage })}
      allowDeselect={false}
      readOnly={readOnly}
      size="sm"
    />
  )
  return (
    <InspectorPanel
      title={branch.name || t('to', { stage: nameOf(branch.to_stage) })}
      kind={t('route')}
      onClose={onClose}
      footer={
        <DeleteButton
          label={t('delete')}
          onDelete={() => {
            run({ do: 'delete_branch', id })
            onClose()
          }}
        />
      }
    >
      <InspectorSection title={t('maps:section.what')}>
        <Stack gap="sm">
          <WrittenField label={t('name')} value={branch.name} onSave={(name) => set({ name })} readOnly={readOnly} maxLength={200} />
          {end('from_stage', branch.to_stage)}
          {end('to_stage', branch.from_stage)}
          <WrittenField
            label={t('condition')}
            placeholder={t('condition_ask')}
            value={branch.condition ?? ''}
            onSave={(text) => set({ condition: text || null })}
            readOnly={readOnly}
            lines
          />
        </Stack>
      </InspectorSection>
    </InspectorPanel>
  )
}
