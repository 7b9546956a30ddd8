/** A name inside a sentence of the other direction: kept together, whichever letters it has. */
export const isolate = (name: string): string => `\u2068${name}\u2069`
