/** A text whose direction is its own, wherever it stands: for sentences that cannot hold a <bdi>. */
export const isolated = (text: string): string => `\u2068${text}\u2069`
