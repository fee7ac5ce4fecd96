import type { ExpectedEvent } from '../view/expected-event.ts'

/** Of so many an outrun relay has shown how fast it is. */
const SHOWN = 20
/** Of its speed before: what is left where nothing holds it up but chance and retries. */
const STEADY = 0.5

/** Since when an event waits, and until when, in milliseconds of the history. */
export interface Waiting {
  readonly event: ExpectedEvent
  readonly from: number
  readonly to: number
}

/**
 * Whether an event waited for nothing but those that were committed before it, while they were published as fast as
 * before. Commands that come faster than a relay publishes make a queue, which is no mistake of the relay's; held up
 * by something, it publishes fewer of them or what came later.
 */
export function waitedInQueue({ event, from, to }: Waiting, expected: readonly ExpectedEvent[]): boolean {
  const usual = paceBefore(expected, from)
  const ahead = expected.filter(({ tx, records: [first] }) => {
    const at = first?.record.at
    return tx.commitLsn < event.tx.commitLsn && at !== undefined && at > from && at <= to
  })
  return usual !== undefined && ahead.length / (to - from) >= STEADY * usual
}

/** Events a millisecond that were published while any waited, up to `until`; undefined where they were too few. */
function paceBefore(expected: readonly ExpectedEvent[], until: number): number | undefined {
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
    if (waiting > 0) busy += at - before
    waiting += by
    published += by < 0 ? 1 : 0
    before = at
  }
  return published < SHOWN ? undefined : published / Math.max(1, busy)
}
