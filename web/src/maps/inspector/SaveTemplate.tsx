/** Keeps the map as it is now for others to begin from. */
import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconTemplate } from '@tabler/icons-react'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useSaveTemplate } from '../api'
import { useMap } from '../session'

export function SaveTemplate() {
  const t = useT('maps')
  const { m = '' } = useParams()
  const title = useMap((snapshot) => snapshot.meta.title)
  const save = useSaveTemplate(m)
  const tell = useTellProblem()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')

  function begin() {
    setName(title)
    setOpen(true)
  }

  function keep() {
    if (!name.trim()) return
    save.mutate(
      { name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) },
      {
        onError: tell,
        onSuccess: () => {
          setOpen(false)
          setDescription('')
          notifications.show({ message: t('template.saved', { name: name.trim() }) })
        },
      },
    )
  }

  return (
    <InspectorSection title={t('section.template')}>
      {open ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            keep()
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t('template.name')}
              value={name}
              maxLength={200}
              size="sm"
              autoFocus
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Textarea
              label={t('template.description')}
              value={description}
              maxLength={5_000}
              autosize
              size="sm"
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
            <Group gap="xs">
              <Button type="submit" size="compact-sm" loading={save.isPending} disabled={!name.trim()}>
                {t('template.save')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setOpen(false)}>
                {t('ui:cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack gap={6}>
          <Text size="xs" className="hs-faint">
            {t('template.help')}
          </Text>
          <Group>
            <Button size="compact-sm" variant="light" leftSection={<IconTemplate size={15} aria-hidden="true" />} onClick={begin}>
              {t('template.save')}
            </Button>
          </Group>
        </Stack>
      )}
    </InspectorSection>
  )
}
