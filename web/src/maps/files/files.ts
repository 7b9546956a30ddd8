/** Files of cards: what may be chosen, which of them are pictures, and where the server has them. */
import type { Card, CardFile } from '@/editor/model'

/** As the server bounds them (`maps/files/actions.py`, `maps/fields.py`). */
export const LARGEST_FILE = 20 * 1024 * 1024
export const MOST_FILES = 10

export const ACCEPTED = '.png,.jpg,.jpeg,.webp,.gif,.svg,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.md,.csv,.zip'

const suffix = (name: string): string => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

export const isDrawing = (name: string): boolean => suffix(name) === 'svg'
export const isPicture = (name: string): boolean => ['png', 'jpg'].includes(suffix(name)) || isDrawing(name)

export const fileAddress = (workspace: string, file: string): string =>
  `/api/workspaces/${encodeURIComponent(workspace)}/files/${encodeURIComponent(file)}`

/** A drawing is small as it is and has no thumbnail. */
export const pictureAddress = (workspace: string, { id, name }: CardFile): string =>
  isDrawing(name) ? fileAddress(workspace, id) : `${fileAddress(workspace, id)}/thumbnail`

/** The card's files with one more; null when it is there already. */
export function withFile(card: Card, file: CardFile): CardFile[] | null {
  const files = card.files ?? []
  return files.some((one) => one.id === file.id) ? null : [...files, file]
}

export function withoutFile(card: Card, id: string): CardFile[] | null {
  const files = (card.files ?? []).filter((one) => one.id !== id)
  return files.length > 0 ? files : null
}

/** What a picture shows, for those who do not see it; empty takes the words away. */
export function withAlt(card: Card, id: string, alt: string): CardFile[] {
  return (card.files ?? []).map(({ alt: before, ...file }) => {
    const words = file.id === id ? alt.trim() : before
    return words ? { ...file, alt: words } : file
  })
}

/** Files that are dragged in from outside, not a card or marked words. */
export const bringsFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes('Files') ?? false
