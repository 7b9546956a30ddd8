import { Button, Group, Progress, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useRef, useState, type DragEvent } from 'react'
import { upload as send } from '@/api/client'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { ErrorState } from '@/ui/States'
import classes from './Import.module.css'
import type { Upload } from './types'

const KINDS = '.csv,.tsv,.txt,.gz,.json,.jsonl,.ndjson,.parquet,.xlsx,.xes,.zip'

export function DropFile({ onUploaded }: { onUploaded: (upload: Upload) => void }) {
  const t = useT('events')
  const shown = useFormats()
  const workspace = useWorkspace()
  const problem = useProblemText()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [name, setName] = useState('')
  const [error, setError] = useState<unknown>(null)
  const stop = useRef<AbortController | null>(null)

  async function take(file: File | undefined) {
    if (!file) return
    setError(null)
    setName(file.name)
    setShare(0)
    stop.current = new AbortController()
    try {
      onUploaded(
        await send<Upload>(`/api/workspaces/${workspace.id}/imports/uploads`, file, setShare, stop.current.signal),
      )
    } catch (failed) {
      if (!(failed instanceof DOMException)) setError(failed)
    } finally {
      setShare(null)
    }
  }

  function onDrop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }

  return (
    <div className={classes.dropPage}>
      {error !== null && <ErrorState problem={problem(error)} />}
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
        <IconFileUpload size={38} stroke={1.3} aria-hidden="true" className={classes.dropIcon} />
        {share === null ? (
          <>
            <Text fw={600} size="lg">
              {t('drop_here')}
            </Text>
            <Button variant="light" onClick={() => input.current?.click()}>
              {t('choose_file')}
            </Button>
            <Text className="hs-faint" size="sm">
              {t('kinds')}
            </Text>
          </>
        ) : (
          <div className={classes.sending} role="status">
            <Text>
              <bdi>{name}</bdi>
            </Text>
            <Progress value={share * 100} aria-label={t('sending')} w="100%" />
            <Group justify="space-between" w="100%">
              <span className="hs-faint">{share < 1 ? shown.percent(share, 0) : t('looking')}</span>
              <Button size="compact-sm" variant="subtle" onClick={() => stop.current?.abort()}>
                {t('ui:cancel')}
              </Button>
            </Group>
          </div>
        )}
        <input
          ref={input}
          type="file"
          accept={KINDS}
          hidden
          aria-label={t('choose_file')}
          onChange={(event) => {
            void take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <div className={classes.hints}>
        <p>{t('needs')}</p>
        <ul>
          <li>
            <b>{t('role.person')}</b> — {t('needs_person')}
          </li>
          <li>
            <b>{t('role.event')}</b> — {t('needs_event')}
          </li>
          <li>
            <b>{t('role.time')}</b> — {t('needs_time')}
          </li>
        </ul>
        <p className="hs-faint">{t('nothing_lost')}</p>
      </div>
    </div>
  )
}
