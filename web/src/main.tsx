import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '@/app/App'
import { rememberedLocale } from '@/i18n/locale'
import { loadTexts } from '@/i18n/texts'

const initial = rememberedLocale()
document.documentElement.lang = initial.language
document.documentElement.dir = initial.language === 'fa' ? 'rtl' : 'ltr'
await loadTexts(initial.language, ['ui', 'shell'])
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App initial={initial} />
  </StrictMode>,
)
