/** Bring a file in: drop it, say what its columns are, see the first rows as they will be read, start. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useT } from '@/i18n/locale'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { EmptyState } from '@/ui/States'
import { DropFile } from './DropFile'
import { MapColumns } from './MapColumns'
import type { Upload } from './types'

export function Component() {
  const t = useT('events')
  const workspace = useWorkspace()
  const [upload, setUpload] = useState<Upload | null>(null)
  return (
    <Screen
      crumbs={[{ label: t('imports'), to: 'imports' }, { label: t('new_import') }]}
      actions={
        upload && (
          <Button variant="default" onClick={() => setUpload(null)}>
            {t('another_file')}
          </Button>
        )
      }
    >
      {!workspace.canEdit ? (
        <EmptyState picture="file" title={t('viewer_title')} text={t('viewer_text')} />
      ) : upload ? (
        <MapColumns key={upload.id} upload={upload} />
      ) : (
        <DropFile onUploaded={setUpload} />
      )}
    </Screen>
  )
}
