import { Button, Menu } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconDownload, IconFileTypeCsv, IconFileTypeXls, IconLink, IconPhoto } from '@tabler/icons-react'
import { useState, type RefObject } from 'react'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { usePathsBody } from '../scope/pathScope'
import { usePlace, type Request } from './context'
import { download, keep } from './download'

/** The answer as a table for a spreadsheet, each drawing as a picture, the address as a link. */
export function ExportMenu(props: { engine: string; request: Request; page: RefObject<HTMLElement | null> }) {
  const { engine, request, page } = props
  const t = useT('explore')
  const tell = useTellProblem()
  const workspace = useWorkspace()
  const body = usePathsBody()
  const { question } = usePlace()
  const link = useClipboard()
  const [drawings, setDrawings] = useState<HTMLElement[]>([])
  const [working, setWorking] = useState(false)

  async function run(work: () => Promise<void>) {
    setWorking(true)
    try {
      await work()
    } catch (problem) {
      tell(problem)
    }
    setWorking(false)
  }

  const table = (format: 'csv' | 'xlsx') =>
    run(() =>
      download(
        `/api/workspaces/${workspace.id}/paths/export/${engine}?format=${format}`,
        { ...body, ...request },
        `hamsafar-${question.key}.${format}`,
      ),
    )

  const picture = (drawing: HTMLElement) =>
    run(async () => {
      const { png } = await import('./picture')
      keep(await png(drawing, drawing.dataset.drawing ?? ''), `hamsafar-${question.key}.png`)
    })

  return (
    <Menu
      position="bottom-end"
      width={240}
      onOpen={() => setDrawings(Array.from(page.current?.querySelectorAll<HTMLElement>('[data-drawing]') ?? []))}
    >
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} />} loading={working}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconFileTypeXls size={16} />}
          disabled={request === null}
          onClick={() => void table('xlsx')}
        >
          {t('export_xlsx')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileTypeCsv size={16} />}
          disabled={request === null}
          onClick={() => void table('csv')}
        >
          {t('export_csv')}
        </Menu.Item>
        {drawings.map((drawing, index) => (
          <Menu.Item key={index} leftSection={<IconPhoto size={16} />} onClick={() => void picture(drawing)}>
            {drawings.length === 1 ? t('export_png') : t('export_png_of', { name: drawing.dataset.drawing })}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLink size={16} />}
          onClick={() => {
            link.copy(location.href)
            notifications.show({ message: t('link_copied') })
          }}
        >
          {t('copy_link')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
