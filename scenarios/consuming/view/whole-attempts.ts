import { attemptsOf } from './attempt-log.ts'
import type { Attempt, ConsumedEvent } from './consumed-event.ts'
import type { ConsumerView } from './consumer-view.ts'

/**
 * Attempts, with those that follow a committed one taken as its continuation: a transaction that commits did not fail, so
 * what the consumer writes next is no retry (a row that is `processing` first and `done` later). Where a copy came or
 * the group may have read again meanwhile, it is another attempt.
 */
export function wholeAttempts(event: ConsumedEvent, view: ConsumerView): readonly Attempt[] {
  const attempts = attemptsOf(event)
  if (attempts !== event.messages || event.writes.length === 0) return attempts
  const committed = committedOf(event)
  const whole: Attempt[] = []
  let before: Attempt | undefined
  for (const attempt of attempts) {
    const last = whole.at(-1)
    if (
      last !== undefined &&
      before !== undefined &&
      committed.has(before) &&
      !again(event, before, attempt, view)
    )
      last.until = attempt.until
    else whole.push({ ...attempt })
    before = attempt
  }
  return whole
}

/**
 * Those whose transaction committed: all that were seen within it. A message alone gives a transaction no id, so that it
 * may be seen right before it.
 */
function committedOf({ messages, writes }: ConsumedEvent): ReadonlySet<Attempt> {
  const committed = new Set<Attempt>()
  for (const { beginLsn, commitLsn } of writes) {
    const before = messages.filter(({ lsn, spoiled }) => !spoiled && lsn !== undefined && lsn < commitLsn)
    const within = before.filter(({ lsn = 0 }) => lsn >= beginLsn)
    for (const attempt of within.length > 0 ? within : before.slice(-1)) committed.add(attempt)
  }
  return committed
}

/** It may have been given to the consumer once more between two attempts. */
function again({ deliveries }: ConsumedEvent, from: Attempt, to: Attempt, view: ConsumerView): boolean {
  return (
    deliveries.some(({ record: { seq } }) => seq > from.seq && seq < to.seq) ||
    view.rereadsBetween(from.seq, to.seq) > 0
  )
}
