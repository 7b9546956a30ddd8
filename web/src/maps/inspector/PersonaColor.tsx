/** The colour of a persona on this map: that of its curve and its name. */
import { ColorSwatch, Popover, UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { MapPersona } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { light } from '@/ui/tokens'
import { personaColor } from '../board/curves'
import { useSession } from '../session'
import classes from './inspector.module.css'

/** Kept as they are in the light scheme; readable on the dark one too. */
const COLORS = [light.series1, light.series2, light.series3, light.series4, light.series5, light.series6] as const

export function PersonaColor({ persona, place }: { persona: MapPersona; place: number }) {
  const t = useT('maps/board')
  const { run, readOnly } = useSession()
  const [open, setOpen] = useState(false)
  const now = personaColor(persona.color, place)
  const choose = (color: string) => {
    run({ do: 'set_persona', id: persona.id, fields: { color } })
    setOpen(false)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.swatch}
          disabled={readOnly}
          onClick={() => setOpen(!open)}
          aria-label={t('persona_color', { name: persona.name })}
        >
          <ColorSwatch color={now} size={16} withShadow={false} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.swatches}>
        {COLORS.map((color, index) => (
          <UnstyledButton
            key={color}
            className={classes.swatch}
            onClick={() => choose(color)}
            aria-label={t('color_n', { n: index + 1 })}
            aria-pressed={color === persona.color}
          >
            <ColorSwatch color={color} size={20} withShadow={false}>
              {color === persona.color && <IconCheck size={13} color="#fff" />}
            </ColorSwatch>
          </UnstyledButton>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
