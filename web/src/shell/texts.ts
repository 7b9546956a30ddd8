/** Makes the texts of the room's parts known: `shell/<part>`. */
import { addTexts, type TextFiles } from '@/i18n/texts'

addTexts('shell/', import.meta.glob('./*/locale/*.json') as TextFiles)
