/** A new map: from a stage model in either language, empty, or from a file. */
import { Button, Drawer, FileButton, SegmentedControl, Stack, Tabs, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useState, type DragEvent } from 'react'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { ConfirmButton } from '@/ui/ConfirmButton'
import { ErrorState, Loading, type ShownProblem } from '@/ui/States'
import { useCreateMap, useDeleteTemplate, useImportMap, useTemplates, type MapRow } from '../api'
import { StageStrip } from './MapsList'
import classes from './MapsList.module.css'

const LARGEST_FILE = 5_000_000

export default function NewMap({ onClose, onMade }: { onClose: () => void; onMade: (map: MapRow) => void }) {
  const t = useT('maps/list')
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={<strong>{t('new_map')}</strong>}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Tabs defaultValue="template" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="template">{t('from_template')}</Tabs.Tab>
          <Tabs.Tab value="file">{t('from_file')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="template">
          <FromTemplate onMade={onMade} />
        </Tabs.Panel>
        <Tabs.Panel value="file">
          <FromFile onMade={onMade} />
        </Tabs.Panel>
      </Tabs>
    </Drawer>
  )
}

const EMPTY = 'empty'
const GROUPS = ['own', 'stages', 'kinds', 'trades'] as const

function FromTemplate({ onMade }: { onMade: (map: MapRow) => void }) {
  const t = useT('maps/list')
  const workspace = useWorkspace()
  const templates = useTemplates(true)
  const create = useCreateMap()
  const drop = useDeleteTemplate()
  const tell = useTellProblem()
  const problem = useProblemText()
  const [language, setLanguage] = useState<'fa' | 'en'>(workspace.language)
  const [chosen, setChosen] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const shown = (templates.data ?? []).filter((one) => one.language === language)

  function make() {
    const named = title.trim()
    const body =
      chosen === EMPTY
        ? { title: named || t('untitled'), language }
        : { template: chosen!, language, ...(named ? { title: named } : {}) }
    create.mutate(body, { onSuccess: onMade })
  }

  if (templates.error) return <ErrorState problem={problem(templates.error)} onRetry={() => void templates.refetch()} />
  if (!templates.data) return <Loading lines={8} />
  return (
    <>
      <SegmentedControl
        size="xs"
        value={language}
        onChange={(next) => setLanguage(next as 'fa' | 'en')}
        aria-label={t('map_language')}
        data={[
          { value: 'fa', label: 'فارسی' },
          { value: 'en', label: 'English' },
        ]}
      />
      <div className={classes.templates} role="radiogroup" aria-label={t('from_template')}>
        {GROUPS.filter((group) => group !== 'own' || shown.some((one) => one.group === 'own')).map((group) => (
          <div key={group} role="group" aria-label={t(`template_group.${group}`)} className={classes.templateGroup}>
            <h3 className={classes.groupName}>{t(`template_group.${group}`)}</h3>
            {shown
              .filter((one) => one.group === group)
              .map((one) => (
                <Choice
                  key={one.id}
                  chosen={chosen === one.id}
                  onChoose={() => setChosen(one.id)}
                  dir={language === 'fa' ? 'rtl' : 'ltr'}
                  {...one}
                />
              ))}
            {group === 'stages' && (
              <Choice
                chosen={chosen === EMPTY}
                onChoose={() => setChosen(EMPTY)}
                title={t('empty_map')}
                description={t('empty_map_help')}
                stages={[]}
              />
            )}
          </div>
        ))}
      </div>
      {create.error && <ErrorState problem={problem(create.error)} />}
      {workspace.canEdit && shown.some((one) => one.id === chosen && one.group === 'own') && (
        <ConfirmButton
          size="compact-sm"
          label={t('delete_template')}
          question={t('delete_template_sure')}
          answer={t('delete_template')}
          loading={drop.isPending}
          onConfirm={() => drop.mutate(chosen!, { onError: tell, onSuccess: () => setChosen(null) })}
        />
      )}
      <form
        className={classes.foot}
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen) make()
        }}
      >
        <TextInput
          flex={1}
          label={t('map_title')}
          placeholder={shown.find((one) => one.id === chosen)?.title ?? t('untitled')}
          value={title}
          maxLength={200}
          classNames={{ input: 'hs-plain' }}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!chosen} loading={create.isPending}>
          {t('make_map')}
        </Button>
      </form>
    </>
  )
}

function Choice(props: {
  title: string
  description: string
  stages: readonly string[]
  chosen: boolean
  onChoose: () => void
  dir?: 'rtl' | 'ltr'
}) {
  return (
    <UnstyledButton role="radio" aria-checked={props.chosen} className={classes.template} onClick={props.onChoose} dir={props.dir}>
      <span className={classes.templateTitle}>{props.title}</span>
      {props.description && <span className={classes.templateText}>{props.description}</span>}
      {props.stages.length > 0 && <StageStrip stages={props.stages} />}
    </UnstyledButton>
  )
}

const READ = '.json,.csv,.xlsx,.mmd,.mermaid,.yaml,.yml'

function FromFile({ onMade }: { onMade: (map: MapRow) => void }) {
  const t = useT('maps/list')
  const create = useImportMap()
  const problem = useProblemText()
  const [tooLarge, setTooLarge] = useState<ShownProblem | null>(null)
  const [over, setOver] = useState(false)

  function read(file: File | null) {
    if (!file) return
    setTooLarge(null)
    create.reset()
    if (file.size > LARGEST_FILE) {
      setTooLarge({ title: t('file.too_large'), detail: t('file.too_large_help', { name: file.name }) })
      return
    }
    create.mutate(file, { onSuccess: onMade })
  }

  function onDrop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    read(event.dataTransfer.files[0] ?? null)
  }

  const shown = tooLarge ?? (create.error ? problem(create.error) : null)
  return (
    <Stack>
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconFileUpload size={28} aria-hidden="true" />
        <Text>{t('file.drop')}</Text>
        <FileButton onChange={read} accept={READ}>
          {(button) => (
            <Button {...button} variant="default" loading={create.isPending}>
              {t('file.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" className="hs-faint">
          {t('file.help')}
        </Text>
      </div>
      {shown && <ErrorState problem={shown} />}
    </Stack>
  )
}
