/** Makes the texts of the room's parts known: `maps/<part>`. */
import { addTexts, type TextFiles } from '@/i18n/texts'

addTexts('maps/', import.meta.glob('./*/locale/*.json') as TextFiles)
