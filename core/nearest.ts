/** The allowed name that a misspelt one most likely meant: at most a third of its letters apart. */
export function nearest(name: string, allowed: readonly string[]): string | undefined {
  const ranked = allowed
    .map((candidate) => ({ candidate, mutations: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.mutations - b.mutations)
  const best = ranked[0]
  return best !== undefined && best.mutations <= Math.max(1, Math.ceil(name.length / 3))
    ? best.candidate
    : undefined
}

/** Levenshtein: insertions, deletions and replacements of a letter. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced))
    }
    row = next
  }
  return row[to.length] ?? 0
}
