/** Parts of this room that bring their own texts: `maps/<part>/locale`. */
import { addTexts, type TextFiles } from '@/i18n/texts'

addTexts('maps/', import.meta.glob('./*/locale/*.json') as TextFiles)
