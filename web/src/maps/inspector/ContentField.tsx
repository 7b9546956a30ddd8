/** Which content of the library a card of the content lane is. */
import { Anchor, Button, Select, Stack, Text } from '@mantine/core'
import type { Card } from '@/editor/model'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { useSave } from '@/library/api'
import { useTellProblem } from '@/shell/problems'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useLibrary } from '../library'
import { useMap, useSession } from '../session'

export function ContentField({ card, onSave }: { card: Card; onSave: (fields: Record<string, unknown>) => void }) {
  const t = useT('maps')
  const { contents } = useLibrary()
  const { readOnly } = useSession()
  const stage = useMap((snapshot) => snapshot.stages.find((one) => one.id === card.stage)?.name ?? '')
  const save = useSave('contents')
  const tell = useTellProblem()
  const content = card.content ? contents.get(card.content) : undefined

  async function make() {
    try {
      const made = await save.mutateAsync({ name: plainText(card.text).slice(0, 200) || t('new_content'), kind: 'article', stage })
      onSave({ content: made.id })
    } catch (error) {
      tell(error)
    }
  }

  return (
    <InspectorSection title={t('section.content')}>
      <Stack gap="sm">
        <Select
          label={t('library_content')}
          placeholder={t('library_content_none')}
          data={[...contents.values()].map((one) => ({ value: one.id, label: one.name }))}
          value={card.content ?? null}
          onChange={(id) => onSave({ content: id })}
          searchable
          clearable
          readOnly={readOnly}
          nothingFoundMessage={t('ui:nothing_found')}
          size="sm"
        />
        {!card.content && !readOnly && (
          <Button size="compact-sm" variant="light" onClick={() => void make()} loading={save.isPending}>
            {t('make_content')}
          </Button>
        )}
        {content?.question && (
          <Text size="sm">
            {t('answers_question')} <bdi>{content.question}</bdi>
          </Text>
        )}
        {content?.link && (
          <Anchor href={content.link} target="_blank" rel="noreferrer noopener" size="sm">
            {t('open_content')}
          </Anchor>
        )}
      </Stack>
    </InspectorSection>
  )
}
