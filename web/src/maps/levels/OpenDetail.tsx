/** From a stage's head straight into its detailed map. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconStack2, IconStackPop } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Stage } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useWorkspace } from '@/shell/session'
import { useLevelsHere } from './context'

export function OpenDetail({ stage }: { stage: Stage }) {
  const t = useT('maps/board')
  const workspace = useWorkspace()
  const { details } = useLevelsHere()
  const here = details.find((one) => one.stage === stage.id && one.map === stage.detail_map)
  if (!here) return null
  if (here.gone) {
    const text = t('detail.gone_of', { stage: stage.name })
    return (
      <Tooltip label={text}>
        <IconStackPop size={16} color="var(--hs-warn)" aria-label={text} role="img" />
      </Tooltip>
    )
  }
  const text = t('detail.open_of', { stage: stage.name, title: here.title })
  return (
    <Tooltip label={text}>
      <ActionIcon
        component={Link}
        to={`/w/${workspace.id}/maps/${here.map}`}
        variant="subtle"
        size="sm"
        aria-label={text}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <IconStack2 size={16} />
      </ActionIcon>
    </Tooltip>
  )
}
