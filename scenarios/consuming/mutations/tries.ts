import { ATTEMPT } from '../../../proof/history/attempt-messages.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { endOfWal } from './rows.ts'
import { probeName } from './victims.ts'

/** Milliseconds between two of them: longer than any delay within which attempts count as one. */
const APART = 5000

/** Attempts at an event that failed, right behind its first record: they make no fault of later an excuse. */
export function failedTries(
  event: ConsumedEvent,
  count: number,
  view: ConsumerView,
): EventOf<'pg.message'>[] {
  const record = event.deliveries[0]?.record
  if (record === undefined) return []
  const { seq, at, scenario } = record
  const end = endOfWal(view)
  const apart = APART + Math.max(0, ...(view.plan.consumer.retry?.delays ?? []))
  const content = probeName(event, view)
  return Array.from({ length: 2 * count }, (_, n) => {
    const prefix = n % 2 === 0 ? ATTEMPT.made : ATTEMPT.spoiled
    const place = { seq: seq + (n + 1) / (2 * count + 2), at: at + Math.floor(n / 2) * apart, scenario }
    return { ...place, kind: 'pg.message', prefix, content, lsn: end + n }
  })
}
