import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import { cssVariables, dark, light, type Tokens } from './tokens'

const sea: MantineColorsTuple = [
  '#eaf4f3', '#d3e7e5', '#a9d3d0', '#86c9c4', '#6cc4be', '#2f8f8b', '#1a7a77', '#0f6b69', '#0b5f5f', '#084b4c',
]
const warmGray: MantineColorsTuple = [
  '#faf9f7', '#f3f1ed', '#e9e5df', '#dcd6cd', '#c6bfb4', '#a79f93', '#6e675c', '#575148', '#3a352f', '#221f1b',
]
const warmDark: MantineColorsTuple = [
  '#efece7', '#c0b9ae', '#a39b8f', '#6b645a', '#544d43', '#353029', '#292620', '#1f1d19', '#171512', '#13110f',
]
const brick: MantineColorsTuple = [
  '#fbeae5', '#f6d3c9', '#f0b5a4', '#f09a83', '#e27c60', '#d0593a', '#bb4227', '#a8321c', '#8c2814', '#6d1f10',
]

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 8, dark: 8 },
  colors: { sea, gray: warmGray, dark: warmDark, red: brick },
  fontFamily: "'Vazirmatn Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '640',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.4' },
      h2: { fontSize: '1.125rem', lineHeight: '1.45' },
      h3: { fontSize: '1rem', lineHeight: '1.5' },
      h4: { fontSize: '0.875rem', lineHeight: '1.5' },
    },
  },
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, multiline: true, maw: 320 } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Modal: { defaultProps: { transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 140 } } },
    // What users type has its own direction: `checkout_*` must not become `*_checkout` on a Persian screen.
    Pill: { styles: { label: { unicodeBidi: 'plaintext' } } },
    // Mantine makes these a <header>; outside an article that would be a second banner of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    DrawerHeader: { defaultProps: { role: 'none' } },
  },
})

function overrides(scheme: Tokens): Record<string, string> {
  return {
    ...cssVariables(scheme),
    '--mantine-color-body': scheme.surface,
    '--mantine-color-text': scheme.text,
    '--mantine-color-dimmed': scheme.textFaint,
    '--mantine-color-placeholder': scheme.textFaint,
    '--mantine-color-anchor': scheme.accent,
    '--mantine-color-error': scheme.danger,
    '--mantine-color-default': scheme.surface,
    '--mantine-color-default-hover': scheme.sunk,
    '--mantine-color-default-color': scheme.text,
    '--mantine-color-default-border': scheme.lineStrong,
    '--mantine-color-sea-light': scheme.accentSoft,
    '--mantine-color-sea-light-color': scheme.accent,
    '--mantine-color-sea-text': scheme.accent,
    '--mantine-color-red-text': scheme.danger,
  }
}

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: overrides(light),
  dark: overrides(dark),
})
