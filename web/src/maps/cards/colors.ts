/** The grounds a card may be given, by the names the document keeps. */
export const CARD_COLORS = ['teal', 'blue', 'green', 'amber', 'red', 'violet', 'grey'] as const
export type CardColor = (typeof CARD_COLORS)[number]

export const isCardColor = (name: string | undefined): name is CardColor => (CARD_COLORS as readonly (string | undefined)[]).includes(name)

/** The places that the named colours have in a workspace's palette; grey has none. */
export const PALETTE_PLACE: { readonly [C in CardColor]?: number } = { teal: 0, blue: 1, amber: 2, violet: 3, green: 4, red: 5 }
