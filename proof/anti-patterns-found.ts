import type {
  AntiPattern,
  AntiPatternJudgement,
  AntiPatternWords,
  Observed,
  ReadingAcross,
} from './anti-pattern.ts'
import type { ScenarioJudgement } from './judgement.ts'

/** @param thresholds the config's own, by id */
export function antiPatternsFound(
  scenarios: readonly ScenarioJudgement[],
  patterns: readonly AntiPattern[],
  thresholds: Readonly<Record<string, number>> = {},
): readonly AntiPatternJudgement[] {
  const observed = scenarios.flatMap(({ id: scenario, subject, observation }): Observed[] =>
    observation === undefined ? [] : [{ scenario, subject, observation }],
  )
  return patterns.map((pattern) => {
    const { id, title, definition, harm, remedy, threshold } = pattern
    const value = thresholds[id] ?? threshold.value
    const words = { id, title, definition, harm, remedy, threshold: { ...threshold, value } }
    return { ...words, ...judged(pattern, value, observed) }
  })
}

function judged(
  { id, across }: AntiPattern,
  threshold: number,
  observed: readonly Observed[],
): Omit<AntiPatternJudgement, keyof AntiPatternWords> {
  const looks = observed.flatMap(({ scenario, subject, observation }) => {
    const look = observation.looks[id]
    return look === undefined ? [] : [{ scenario, subject, look }]
  })
  const readings = [
    ...looks.flatMap(({ scenario, subject, look }) =>
      'blind' in look ? [] : look.readings.map((reading) => ({ ...reading, scenario, subject })),
    ),
    ...(across?.(observed) ?? []),
  ]
  const lookedAt = [
    ...new Set([
      ...looks.flatMap(({ subject, look }) => ('blind' in look ? [] : [subject])),
      ...readings.map(({ subject }) => subject),
    ]),
  ].sort()
  const unseen = unseenOf(looks, lookedAt)
  const found = worstOf(readings.filter(({ value }) => value >= threshold))
  const below = readings.filter(({ value }) => value < threshold).map(({ value }) => value)
  const rest = { found, largest: below.length === 0 ? null : Math.max(...below), lookedAt, unseen }
  const [first] = found
  if (first !== undefined) return { state: 'found', says: first.says, ...rest }
  if (lookedAt.length > 0) return { state: 'absent', says: `not seen in ${lookedAt.join(', ')}`, ...rest }
  const why = unseen[0]?.why ?? 'no scenario of this run shows it'
  return { state: 'not-looked-at', says: why, ...rest }
}

function unseenOf(
  looks: readonly { readonly subject: string; readonly look: object }[],
  lookedAt: readonly string[],
): AntiPatternJudgement['unseen'] {
  const blind = new Map<string, string>()
  for (const { subject, look } of looks)
    if ('blind' in look && !lookedAt.includes(subject) && !blind.has(subject))
      blind.set(subject, String(look.blind))
  return [...blind].map(([subject, why]) => ({ subject, why }))
}

/** The largest of each subject and place. */
function worstOf(readings: readonly ReadingAcross[]): readonly ReadingAcross[] {
  const worst = new Map<string, ReadingAcross>()
  for (const reading of readings) {
    const key = JSON.stringify([reading.subject, reading.at])
    const before = worst.get(key)
    if (before === undefined || reading.value > before.value) worst.set(key, reading)
  }
  return [...worst.values()].sort((a, b) => a.subject.localeCompare(b.subject) || a.at.localeCompare(b.at))
}
