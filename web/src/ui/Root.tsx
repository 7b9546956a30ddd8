import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@fontsource-variable/vazirmatn'
import './global.css'
import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { useEffect, type ReactNode } from 'react'
import { useT } from '@/i18n/locale'
import { theme, variables } from './theme'

function Direction({ dir, children }: { dir: 'rtl' | 'ltr'; children: ReactNode }) {
  const { setDirection } = useDirection()
  useEffect(() => setDirection(dir), [dir, setDirection])
  return children
}

/** Theme, direction, notices and dialogs around everything. */
export function Root({ dir, children }: { dir: 'rtl' | 'ltr'; children: ReactNode }) {
  const t = useT('ui')
  return (
    <DirectionProvider initialDirection={dir} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <Direction dir={dir}>
          <ModalsProvider labels={{ confirm: t('confirm'), cancel: t('cancel') }}>
            {children}
            <Notifications position={dir === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} />
          </ModalsProvider>
        </Direction>
      </MantineProvider>
    </DirectionProvider>
  )
}
