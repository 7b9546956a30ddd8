/** A difference with its sign; what is shown as zero has none. `format` writes its size. */
export function signed(value: number, format: (size: number) => string): string {
  const size = format(Math.abs(value))
  // Without a mark of direction, a sign before Persian digits would land behind them.
  return size === format(0) ? size : `\u200e${value < 0 ? '−' : '+'}${size}`
}
