/** The colours of series: six, then grey. */
export const seriesColour = (index: number): string =>
  index < 6 ? `var(--hs-series-${index + 1})` : 'var(--hs-other)'
