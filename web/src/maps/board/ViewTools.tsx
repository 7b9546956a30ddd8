/** Size of the board, the whole of it at once, and an overview of where one is. */
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { IconArrowAutofitWidth, IconMap2, IconMinus, IconPlus } from '@tabler/icons-react'
import { useState, type RefObject } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { Overview } from './Overview'
import { ZOOMS, type Zoom } from './zoom'
import classes from './ViewTools.module.css'

export function ViewTools({ zoom: { zoom, zoomTo, zoomBy }, fit, scroller }: {
  zoom: Zoom
  /** The size at which all columns stand in the window. */
  fit: () => number
  scroller: RefObject<HTMLElement | null>
}) {
  const t = useT('maps/board')
  const shown = useFormats()
  const [overview, setOverview] = useState(false)
  const percent = shown.percent(zoom)
  const button = (label: string, Icon: typeof IconPlus, onClick: () => void, disabled = false) => (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="md" onClick={onClick} disabled={disabled} aria-label={label}>
        <Icon size={17} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div className={classes.place}>
      {overview && <Overview scroller={scroller} zoom={zoom} />}
      <div role="group" aria-label={t('view.label')} className={classes.tools}>
        {button(t('view.out'), IconMinus, () => zoomBy(-1), zoom <= ZOOMS.least)}
        <Tooltip label={t('view.reset', { percent })}>
          <UnstyledButton className={`${classes.percent} hs-tabular`} onClick={() => zoomTo(1)} aria-label={t('view.reset', { percent })}>
            {percent}
          </UnstyledButton>
        </Tooltip>
        {button(t('view.in'), IconPlus, () => zoomBy(1), zoom >= ZOOMS.most)}
        {button(t('view.fit'), IconArrowAutofitWidth, () => zoomTo(fit()))}
        <Tooltip label={t('view.overview')}>
          <ActionIcon
            variant={overview ? 'light' : 'subtle'}
            color={overview ? undefined : 'gray'}
            size="md"
            aria-pressed={overview}
            onClick={() => setOverview(!overview)}
            aria-label={t('view.overview')}
          >
            <IconMap2 size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  )
}
