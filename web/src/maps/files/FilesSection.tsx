/** The files of a card in its inspector: add, follow, describe, open, take off. */
import { ActionIcon, Anchor, Button, FileButton, Progress, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { IconFile, IconPaperclip, IconPhotoOff, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Card, CardFile } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { InspectorSection } from '@/ui/InspectorPanel'
import { useSession } from '../session'
import { useFiles, type Sending } from './context'
import { ACCEPTED, fileAddress, isPicture, MOST_FILES, pictureAddress, withAlt, withoutFile } from './files'
import classes from './files.module.css'

export function FilesSection({ card }: { card: Card }) {
  const t = useT('maps/files')
  const uploads = useFiles()
  const { run, readOnly, announce } = useSession()
  const chooser = useRef<HTMLButtonElement>(null)
  const files = card.files ?? []
  if (!uploads || (readOnly && files.length === 0)) return null
  const sending = uploads.sending.filter((one) => one.card === card.id)
  const set = (next: CardFile[] | null) => run({ do: 'set_card', id: card.id, fields: { files: next } })
  return (
    <InspectorSection title={t('title')}>
      <Stack gap="sm">
        {files.length > 0 && (
          <ul className={classes.list}>
            {files.map((file) => (
              <FileRow
                key={file.id}
                file={file}
                workspace={uploads.workspace}
                readOnly={readOnly}
                onAlt={(alt) => set(withAlt(card, file.id, alt))}
                onRemove={() => {
                  set(withoutFile(card, file.id))
                  announce(t('removed', { name: file.name }))
                  chooser.current?.focus()
                }}
              />
            ))}
          </ul>
        )}
        {sending.length > 0 && (
          <ul className={classes.list}>
            {sending.map((one) => (
              <SendingRow key={one.key} sending={one} onDrop={() => uploads.drop(one.key)} />
            ))}
          </ul>
        )}
        {!readOnly && (
          <>
            <FileButton accept={ACCEPTED} multiple onChange={(chosen) => uploads.add(card.id, chosen)}>
              {(props) => (
                <Button
                  {...props}
                  ref={chooser}
                  size="compact-sm"
                  variant="light"
                  leftSection={<IconPaperclip size={15} aria-hidden="true" />}
                  disabled={files.length >= MOST_FILES}
                  className={classes.choose}
                >
                  {t('choose')}
                </Button>
              )}
            </FileButton>
            <Text size="xs" className="hs-faint">
              {files.length >= MOST_FILES ? t('too_many', { count: MOST_FILES }) : t('help')}
            </Text>
          </>
        )}
      </Stack>
    </InspectorSection>
  )
}

function FileRow({ file, workspace, readOnly, onAlt, onRemove }: {
  file: CardFile
  workspace: string
  readOnly: boolean
  onAlt: (alt: string) => void
  onRemove: () => void
}) {
  const t = useT('maps/files')
  const [missing, setMissing] = useState(false)
  const picture = isPicture(file.name)
  const Icon = missing ? IconPhotoOff : IconFile
  return (
    <li className={classes.file}>
      <span className={classes.thumb}>
        {picture && !missing ? (
          <img src={pictureAddress(workspace, file)} alt="" loading="lazy" onError={() => setMissing(true)} />
        ) : (
          <Icon size={20} stroke={1.5} aria-hidden="true" />
        )}
      </span>
      <div className={classes.about}>
        {missing ? (
          <Text size="sm" className="hs-faint">
            {t('missing', { name: file.name })}
          </Text>
        ) : (
          <Anchor href={fileAddress(workspace, file.id)} target="_blank" rel="noopener" size="sm" className={classes.name}>
            <bdi>{file.name}</bdi>
          </Anchor>
        )}
        {picture && !missing && (readOnly ? file.alt && <Text size="xs">{file.alt}</Text> : <AltField file={file} onSave={onAlt} />)}
      </div>
      {!readOnly && (
        <Tooltip label={t('remove')}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('remove_one', { name: file.name })} onClick={onRemove}>
            <IconX size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  )
}

function AltField({ file, onSave }: { file: CardFile; onSave: (alt: string) => void }) {
  const t = useT('maps/files')
  const [text, setText] = useState(file.alt ?? '')
  useEffect(() => setText(file.alt ?? ''), [file.alt])
  const save = () => text.trim() !== (file.alt ?? '') && onSave(text)
  return (
    <TextInput
      size="xs"
      aria-label={t('alt_of', { name: file.name })}
      placeholder={t('alt')}
      value={text}
      maxLength={200}
      dir="auto"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  )
}

function SendingRow({ sending, onDrop }: { sending: Sending; onDrop: () => void }) {
  const t = useT('maps/files')
  const { name, share, problem } = sending
  return (
    <li className={classes.file}>
      <div className={classes.about}>
        <Text size="sm" className={classes.name}>
          <bdi>{name}</bdi>
        </Text>
        {problem ? (
          <Text size="xs" className={classes.problem} role="alert">
            {problem}
          </Text>
        ) : (
          <>
            <Progress value={(share ?? 0) * 100} size="sm" aria-label={t('sending', { name })} animated={share === 1} />
            <Text size="xs" className="hs-faint">
              {t(share === null ? 'waits' : share < 1 ? 'sends' : 'works')}
            </Text>
          </>
        )}
      </div>
      <Tooltip label={t(problem ? 'put_away' : 'cancel')}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t(problem ? 'put_away_one' : 'cancel_one', { name })} onClick={onDrop}>
          <IconX size={15} />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}
