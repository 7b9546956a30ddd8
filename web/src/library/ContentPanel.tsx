/** One content of the library: what it is, for whom, and which question it answers. */
import { Anchor, Button, Select, Stack } from '@mantine/core'
import { IconExternalLink, IconTrash } from '@tabler/icons-react'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { InspectorPanel } from '@/ui/InspectorPanel'
import { usePersonas, useSave } from './api'
import { OnMaps } from './OnMaps'
import { SavedText } from './SavedText'
import { CONTENT_KINDS, type Content, type ContentKind } from './types'
import { useDeleteWithUndo } from './useDeleteWithUndo'

export function ContentPanel({ content, onClose }: { content: Content; onClose: () => void }) {
  const t = useT('library')
  const { canEdit } = useWorkspace()
  const personas = usePersonas().data ?? []
  const save = useSave('contents')
  const drop = useDeleteWithUndo('contents')
  const tell = useTellProblem()
  const set = (fields: Partial<Content>) => save.mutate({ id: content.id, ...fields }, { onError: tell })
  const used = content.maps.length > 0
  return (
    <InspectorPanel
      title={content.name}
      kind={t(`content_kind.${content.kind}`)}
      onClose={onClose}
      footer={
        canEdit && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={() => drop(content, onClose)}
            disabled={used}
            title={used ? t('in_use') : undefined}
          >
            {t('content.delete')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <SavedText label={t('title')} value={content.name} limit={200} required onSave={(name) => set({ name })} readOnly={!canEdit} />
        <Select
          label={t('kind')}
          data={CONTENT_KINDS.map((kind) => ({ value: kind, label: t(`content_kind.${kind}`) }))}
          value={content.kind}
          onChange={(kind) => kind && set({ kind: kind as ContentKind })}
          allowDeselect={false}
          readOnly={!canEdit}
          size="sm"
        />
        <SavedText
          label={t('content.link')}
          value={content.link}
          limit={2_000}
          placeholder="https://"
          ltr
          onSave={(link) => set({ link: link || (null as never) })}
          readOnly={!canEdit}
        />
        {content.link && (
          <Anchor href={content.link} target="_blank" rel="noreferrer noopener" size="sm">
            <IconExternalLink size={14} aria-hidden="true" className="hs-mirror" /> {t('content.open')}
          </Anchor>
        )}
        <SavedText
          label={t('content.question')}
          description={t('content.question_help')}
          value={content.question}
          limit={5_000}
          lines
          onSave={(question) => set({ question })}
          readOnly={!canEdit}
        />
        <SavedText
          label={t('content.stage')}
          description={t('content.stage_help')}
          value={content.stage}
          limit={200}
          onSave={(stage) => set({ stage })}
          readOnly={!canEdit}
        />
        <Select
          label={t('persona')}
          data={personas.map((one) => ({ value: one.id, label: one.name }))}
          value={content.persona}
          onChange={(persona) => set({ persona })}
          placeholder={t('content.everyone')}
          clearable
          readOnly={!canEdit}
          size="sm"
        />
      </Stack>
      <OnMaps maps={content.maps} />
    </InspectorPanel>
  )
}
