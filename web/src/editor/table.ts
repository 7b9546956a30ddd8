/** Tables as spreadsheets put them on the clipboard: cells apart by tabs, quoted where they hold tabs, line ends or quotes. */

/** What no database keeps: control characters (tab and line ends aside) and halves of surrogate pairs. */
const UNKEEPABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export const keepable = (text: string): string => text.replace(UNKEEPABLE, '')

/** Rows of cells, trimmed; rows at the end that are empty are left out. A cell is text, whatever it begins with. */
export function readTable(pasted: string): string[][] {
  const text = keepable(pasted.replace(/\r\n?/g, '\n'))
  const rows: string[][] = [[]]
  let at = 0
  while (at <= text.length) {
    let cell: string
    const quoted = text[at] === '"' ? quotedEnd(text, at) : -1
    if (quoted >= 0) {
      cell = text.slice(at + 1, quoted).replaceAll('""', '"')
      at = quoted + 1
    } else {
      const end = /[\t\n]|$/g
      end.lastIndex = at
      const stop = end.exec(text)!.index
      cell = text.slice(at, stop)
      at = stop
    }
    rows.at(-1)!.push(cell.trim())
    if (text[at] === '\n') rows.push([])
    at++
  }
  while (rows.length > 0 && rows.at(-1)!.every((cell) => cell === '')) rows.pop()
  return rows
}

/** Where the quotes close, if a cell ends right there; a quotation within a sentence is no quoted cell. */
function quotedEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') {
      at++
      continue
    }
    return at + 1 === text.length || text[at + 1] === '\t' || text[at + 1] === '\n' ? at : -1
  }
  return -1
}

export function writeTable(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n')
}
