/** The grounds a card may be given, by the names the document keeps. */
export const CARD_COLORS = ['teal', 'blue', 'green', 'amber', 'red', 'violet', 'grey'] as const
export type CardColor = (typeof CARD_COLORS)[number]

export const isCardColor = (name: string | undefined): name is CardColor => (CARD_COLORS as readonly (string | undefined)[]).includes(name)
