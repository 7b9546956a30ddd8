/** The strings of every screen: `src/<screen>/locale/<language>.json` is the namespace `<screen>`. */
import i18next, { type Resource, type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from './format'

type Loader = () => Promise<{ default: ResourceLanguage }>

const FILES = import.meta.glob<{ default: ResourceLanguage }>('../*/locale/*.json') as Record<string, Loader>

export class MissingText extends Error {
  constructor(key: string, namespace: string, language: string) {
    super(`No text for "${namespace}:${key}" in ${language}.`)
  }
}

async function read(language: Language): Promise<ResourceLanguage> {
  const found: ResourceLanguage = {}
  await Promise.all(
    Object.entries(FILES).map(async ([path, load]) => {
      const [, namespace, name] = /\.\.\/(\w+)\/locale\/(\w+)\.json$/.exec(path) ?? []
      if (namespace && name === language) found[namespace] = (await load()).default
    }),
  )
  return found
}

/** Make `language` the one shown; its files are fetched the first time. */
export async function loadTexts(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    const resources: Resource = { [language]: await read(language) }
    await i18next.use(initReactI18next).init({
      resources,
      lng: language,
      fallbackLng: false,
      defaultNS: 'ui',
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
      saveMissing: true,
      missingKeyHandler: (languages, namespace, key) => {
        if (!import.meta.env.PROD) throw new MissingText(key, namespace, languages.join())
      },
    })
  } else if (!i18next.hasResourceBundle(language, 'ui')) {
    for (const [namespace, texts] of Object.entries(await read(language))) {
      i18next.addResourceBundle(language, namespace, texts)
    }
  }
  if (i18next.language !== language) await i18next.changeLanguage(language)
}
