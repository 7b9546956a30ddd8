/** The strings of every screen: `src/<screen>/locale/<language>.json` is the namespace `<screen>`. */
import i18next, { type ResourceLanguage } from 'i18next'
import type { Language } from './format'

type Loader = () => Promise<{ default: ResourceLanguage }>
/** What `import.meta.glob` of locale files gives. */
export type TextFiles = Record<string, Loader>

/** Of `<namespace>/<language>`. */
const files = new Map<string, Loader>()

/** Files of texts of `<prefix><folder>`: those of every room, and of parts of a room that bring their own. */
export function addTexts(prefix: string, found: TextFiles): void {
  for (const [path, load] of Object.entries(found)) {
    const [, folder, language] = /([\w-]+)\/locale\/(\w+)\.json$/.exec(path)!
    files.set(`${prefix}${folder}/${language}`, load)
  }
}

addTexts('', import.meta.glob('../*/locale/*.json') as TextFiles)

/** Every namespace that is here by now. */
const known = (): string[] => [...new Set([...files.keys()].map((key) => key.slice(0, key.lastIndexOf('/'))))]

export class MissingText extends Error {
  constructor(key: string, namespace: string, language: string) {
    super(`No text for "${namespace}:${key}" in ${language}.`)
  }
}

const wanted = new Set<string>()
/** The language asked for last. Texts of an earlier one may still be on their way, and must not bring it back. */
let asked: Language = 'en'

async function add(language: Language, namespaces: Iterable<string>): Promise<void> {
  await Promise.all(
    [...namespaces].map(async (namespace) => {
      if (i18next.hasResourceBundle(language, namespace)) return
      const load = files.get(`${namespace}/${language}`)
      if (load) i18next.addResourceBundle(language, namespace, (await load()).default)
    }),
  )
}

/**
 * Make `language` the one shown, with the texts of `namespaces` (all, unless said) and of those asked for before;
 * each file is fetched once.
 */
export async function loadTexts(language: Language, namespaces: Iterable<string> = known()): Promise<void> {
  asked = language
  for (const namespace of namespaces) wanted.add(namespace)
  if (!i18next.isInitialized) {
    await i18next.init({
      resources: {},
      lng: language,
      fallbackLng: false,
      defaultNS: 'ui',
      interpolation: { escapeValue: false },
      saveMissing: true,
      missingKeyHandler: (languages, namespace, key) => {
        if (!import.meta.env.PROD) throw new MissingText(key, namespace, languages.join())
      },
    })
  }
  await add(language, wanted)
  if (asked === language && i18next.language !== language) await i18next.changeLanguage(language)
}

/** The texts of a screen that is about to be shown, in the language asked for last. */
export async function screenTexts(...namespaces: string[]): Promise<void> {
  for (const namespace of namespaces) wanted.add(namespace)
  let language: Language
  do {
    language = asked
    await add(language, wanted)
  } while (language !== asked)
}

/** All that a namespace says in a language, as far as it is loaded. */
export function textsOf(language: Language, namespace: string): ResourceLanguage {
  return (i18next.getResourceBundle(language, namespace) as ResourceLanguage | undefined) ?? {}
}
