import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@fontsource-variable/vazirmatn'
import './global.css'
import { DirectionProvider, MantineProvider, mergeThemeOverrides, useDirection } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, useMemo, type ReactNode } from 'react'
import { useT } from '@/i18n/locale'
import { theme, variables } from './theme'
import { Tips } from './Tips'

function Direction({ dir, children }: { dir: 'rtl' | 'ltr'; children: ReactNode }) {
  const { setDirection } = useDirection()
  useEffect(() => setDirection(dir), [dir, setDirection])
  return children
}

/** Theme, direction and notices around everything. */
export function Root({ dir, children }: { dir: 'rtl' | 'ltr'; children: ReactNode }) {
  const t = useT('ui')
  const close = t('close')
  // The cross of a notice is an icon alone: its name is of the language.
  const named = useMemo(
    () => mergeThemeOverrides(theme, { components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } } }),
    [close],
  )
  return (
    <DirectionProvider initialDirection={dir} detectDirection={false}>
      <MantineProvider theme={named} cssVariablesResolver={variables} defaultColorScheme="auto">
        <Direction dir={dir}>
          {children}
          <Tips />
          <Notifications position={dir === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} />
        </Direction>
      </MantineProvider>
    </DirectionProvider>
  )
}
