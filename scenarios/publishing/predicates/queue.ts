import type { ExpectedEvent } from '../view/expected-event.ts'

/** So many must have waited together for their pace to be the relay's, and not that of the load. */
const TOGETHER = 10
/** Of so many it has shown how fast it is. */
const SHOWN = 20
/** Of its speed before: what is left where nothing holds it up but chance and retries. */
const STEADY = 0.5
/** For each of those before it so many that came later may have gone out before it: relays sort, and send in parallel. */
const PASSED = 0.5

/** Since when an event waits, and until when, in milliseconds of the history. */
export interface Waiting {
  readonly event: ExpectedEvent
  readonly from: number
  readonly to: number
}

export interface Calm {
  /** Nothing was hurt until then, in milliseconds of the history. */
  readonly until: number
  /** Milliseconds for which a relay may publish nothing at all. */
  readonly pause: number
}

/**
 * Whether an event waited for nothing but those that were committed before it, while they were published without a pause
 * and as fast as before anything was hurt. Commands that come faster than a relay publishes make a queue, which is no
 * mistake of the relay's; held up by something, it pauses, publishes fewer of them, or what came later.
 */
export function waitedInQueue(
  { event, from, to }: Waiting,
  expected: readonly ExpectedEvent[],
  calm: Calm,
): boolean {
  const pace = paceUntil(expected, Math.min(from, calm.until))
  if (pace === undefined || event.records.length === 0) return false
  const sent = expected
    .flatMap(({ tx, records: [first] }) => (first === undefined ? [] : [{ tx, at: first.record.at }]))
    .filter(({ at }) => at > from && at <= to)
    .sort((a, b) => a.at - b.at)
  const ahead = sent.filter(({ tx }) => tx.commitLsn < event.tx.commitLsn)
  const passed = sent.filter(({ tx }) => tx.commitLsn > event.tx.commitLsn)
  const times = [from, ...ahead.map(({ at }) => at), to]
  const longest = Math.max(...times.slice(1).map((at, n) => at - (times[n] ?? at)))
  return (
    longest <= calm.pause &&
    passed.length <= PASSED * ahead.length &&
    ahead.length / (to - from) >= STEADY * pace
  )
}

/** Events a millisecond that were published while several waited, up to `until`; undefined where they were too few. */
function paceUntil(expected: readonly ExpectedEvent[], until: number): number | undefined {
  const changes = expected.flatMap(({ tx, records: [first] }) =>
    first === undefined
      ? []
      : [
          { at: tx.event.at, by: 1 },
          { at: first.record.at, by: -1 },
        ],
  )
  let [published, busy, waiting, before] = [0, 0, 0, 0]
  for (const { at, by } of changes.sort((a, b) => a.at - b.at)) {
    if (at > until) break
    if (waiting >= TOGETHER) {
      busy += at - before
      published += by < 0 ? 1 : 0
    }
    waiting += by
    before = at
  }
  return published < SHOWN ? undefined : published / Math.max(1, busy)
}
