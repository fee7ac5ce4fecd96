import type { Finding } from './finding.ts'
import type { PredicateWords } from './predicate.ts'

type Amiss = Extract<Finding, { kind: 'violated' | 'stalled' }>

/**
 * What was found, with what explains a scenario best first: the worse before the less bad, what breaks a control of the
 * scenario before what breaks another one, a cause before what it leads to; else as it comes.
 */
export function headlines(
  findings: readonly Finding[],
  predicates: ReadonlyMap<string, PredicateWords>,
  controls: readonly string[],
): readonly Amiss[] {
  const amiss = findings.filter((finding) => finding.kind === 'violated' || finding.kind === 'stalled')
  const wordsOf = ({ predicate, name }: Amiss) => predicates.get(predicate)?.violations[name]
  const consequences = new Set(amiss.flatMap((finding) => wordsOf(finding)?.leadsTo ?? []))
  const breaks = (finding: Amiss) =>
    wordsOf(finding)?.controls ?? predicates.get(finding.predicate)?.controls ?? controls
  const rank = (finding: Amiss) => [
    finding.kind === 'violated' ? 0 : 1,
    breaks(finding).some((control) => controls.includes(control)) ? 0 : 1,
    consequences.has(finding.name) ? 1 : 0,
  ]
  return amiss
    .map((finding) => ({ finding, rank: rank(finding) }))
    .sort((a, b) => compared(a.rank, b.rank))
    .map(({ finding }) => finding)
}

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, n) => value !== b[n])
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number)
}
