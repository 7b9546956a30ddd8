import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@fontsource-variable/vazirmatn'
import './global.css'
import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, type ReactNode } from 'react'
import { theme, variables } from './theme'

function Direction({ dir, children }: { dir: 'rtl' | 'ltr'; children: ReactNode }) {
  const { setDirection } = useDirection()
  useEffect(() => setDirection(dir), [dir, setDirection])
  return children
}

/** Theme, direction and notices around everything. */
export function Root({ dir, children }: { dir: 'rtl' | 'ltr'; children: ReactNode }) {
  return (
    <DirectionProvider initialDirection={dir} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <Direction dir={dir}>
          {children}
          <Notifications position={dir === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} />
        </Direction>
      </MantineProvider>
    </DirectionProvider>
  )
}
