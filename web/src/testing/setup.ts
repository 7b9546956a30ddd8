/** What jsdom lacks and Mantine asks for; everything else is real. */
import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { theme } from '@/ui/theme'

// A screen is fetched when first visited; on a busy machine that alone may take more than the usual second.
configure({ asyncUtilTimeout: 10_000 })

const nothing = () => {}

window.matchMedia = (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: nothing,
  removeListener: nothing,
  addEventListener: nothing,
  removeEventListener: nothing,
  dispatchEvent: () => false,
})

class NoResize {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = NoResize
Element.prototype.scrollIntoView = nothing
// Growing text fields measure themselves again when a font has come.
Object.defineProperty(document, 'fonts', { value: new EventTarget() })

// Here everything measures nothing, so a dropdown would believe its button scrolled out of view and hide.
for (const name of ['Popover', 'Menu', 'Combobox']) {
  const component = (theme.components ??= {})[name] ?? {}
  theme.components[name] = { ...component, defaultProps: { ...component.defaultProps, hideDetached: false } }
}

afterEach(() => {
  cleanup()
  localStorage.clear()
})
