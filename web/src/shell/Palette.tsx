/** Ctrl+K: go anywhere in the workspace, find a map or a person. */
import { Kbd, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMap2, IconSearch, IconUser } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { get } from '@/api/client'
import type { Page } from '@/api/types'
import { useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import { PLACES } from './Places'
import { useScopeSearch } from './scope'
import classes from './Palette.module.css'

interface Choice {
  key: string
  label: string
  icon: ReactNode
  to: string
}

export default function Palette({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const t = useT('shell')
  const go = useNavigate()
  const search = useScopeSearch()
  const list = useId()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 180)
  const [at, setAt] = useState(0)
  const maps = useQuery({
    queryKey: ['palette', 'maps', workspace],
    queryFn: ({ signal }) =>
      get<Page<{ id: string; title: string }>>('/api/workspaces/{w}/maps', { path: { w: workspace }, signal }),
    retry: false,
  })
  const persons = useQuery({
    queryKey: ['palette', 'persons', workspace, asked],
    queryFn: ({ signal }) =>
      get('/api/workspaces/{w}/persons', {
        path: { w: workspace },
        query: { search: asked, limit: 5 },
        signal,
      }),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
    retry: false,
  })

  const wanted = searchKey(text)
  const choices: Choice[] = [
    ...PLACES.map(({ key, icon: Icon, scoped }) => ({
      key,
      label: t(`place.${key}`),
      icon: <Icon size={17} stroke={1.6} aria-hidden="true" />,
      to: `/w/${workspace}/${key}${scoped ? search : ''}`,
    })),
    ...(maps.data?.items ?? []).map((map) => ({
      key: `map/${map.id}`,
      label: map.title,
      icon: <IconMap2 size={17} stroke={1.6} aria-hidden="true" />,
      to: `/w/${workspace}/maps/${map.id}${search}`,
    })),
  ].filter((choice) => searchKey(choice.label).includes(wanted))
  if (asked.length > 1) {
    for (const { person } of persons.data?.items ?? []) {
      choices.push({
        key: `person/${person}`,
        label: person,
        icon: <IconUser size={17} stroke={1.6} aria-hidden="true" />,
        to: `/w/${workspace}/persons/${encodeURIComponent(person)}`,
      })
    }
  }
  const chosen = Math.min(at, choices.length - 1)

  function open(choice: Choice | undefined) {
    if (!choice) return
    onClose()
    void go(choice.to)
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setAt((chosen + step + choices.length) % Math.max(1, choices.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      open(choices[chosen])
    }
  }

  return (
    <Modal.Root opened onClose={onClose} size={560} yOffset="12vh">
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.open')}>
        <Modal.Body p={0}>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        className={classes.input}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={17} aria-hidden="true" />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={choices[chosen] ? `${list}-${chosen}` : undefined}
        rightSection={<Kbd size="xs">Esc</Kbd>}
        rightSectionWidth={52}
      />
      <div role="listbox" id={list} aria-label={t('palette.results')} className={`${classes.list} hs-scroll`}>
        {choices.map((choice, index) => (
          <div
            key={choice.key}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={classes.choice}
            onClick={() => open(choice)}
            onMouseMove={() => setAt(index)}
          >
            {choice.icon}
            <bdi>{choice.label}</bdi>
          </div>
        ))}
        {choices.length === 0 && <p className={classes.none}>{t('ui:nothing_found')}</p>}
      </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
