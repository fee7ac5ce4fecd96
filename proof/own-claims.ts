import type { Finding } from './finding.ts'
import type { EventOf, HistoryEvent } from './history/event.ts'

/** What came of a claim that people wrote and checked themselves, as the history keeps it. */
export interface OwnClaim {
  /** The words of the step. */
  readonly claim: string
  /** `refuted`: an assertion failed; `unknown`: the step failed before it could tell. */
  readonly outcome: 'held' | 'refuted' | 'unknown'
  /** Why it does not hold; empty where it does. */
  readonly says: string
  /** `file:line` of the feature. */
  readonly place: string
}

/** Findings of what was claimed beside the predicates: each stands under its own words. */
export function ownFindings(events: readonly HistoryEvent[]): Finding[] {
  return events.filter((event) => event.kind === 'claim').map(findingOf)
}

function findingOf({ seq, claim, outcome, says, place }: EventOf<'claim'>): Finding {
  if (outcome === 'held') return { kind: 'held', predicate: claim, judged: 1 }
  if (outcome === 'unknown') return { kind: 'unknown', predicate: claim, reason: `${says} (${place})` }
  return {
    kind: 'violated',
    predicate: claim,
    name: inOneWord(claim),
    counterexample: { says: `${claim}: ${says} (${place})`, events: [seq], subject: {}, grade: 'C' },
  }
}

/** `no order is left behind` → `no-order-is-left-behind`: as violations are called. */
function inOneWord(claim: string): string {
  return claim
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
}
