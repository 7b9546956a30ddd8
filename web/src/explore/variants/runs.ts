export interface Run {
  name: string
  times: number
}

/** Equal neighbours folded into one: visit, visit, pay -> visit ×2, pay. */
export function runs(path: string[]): Run[] {
  const found: Run[] = []
  for (const name of path) {
    const last = found.at(-1)
    if (last?.name === name) last.times += 1
    else found.push({ name, times: 1 })
  }
  return found
}
