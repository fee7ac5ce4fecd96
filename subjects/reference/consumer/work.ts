import { lanes } from './lanes.ts'
import type { ConsumedRecord } from './record.ts'

/**
 * Works on records of one lane, in their order, and calls `done` for each that needs no more work: its effect is
 * committed, or it was stored elsewhere and that was acknowledged. Records that are not done come again.
 * Stops between two records when `signal` says so.
 */
export type Handle = (
  records: readonly ConsumedRecord[],
  done: (record: ConsumedRecord) => void,
  signal: AbortSignal,
) => Promise<void>

export interface Outcome {
  readonly done: ReadonlySet<ConsumedRecord>
  /** What kept the others from being done. */
  readonly failures: readonly unknown[]
}

/** Works on all lanes at once; resolves when each has ended, well or not. */
export async function work(
  records: readonly ConsumedRecord[],
  workers: number,
  handle: Handle,
  signal: AbortSignal,
): Promise<Outcome> {
  const done = new Set<ConsumedRecord>()
  const ended = await Promise.allSettled(
    lanes(records, workers).map((lane) => handle(lane, (record) => done.add(record), signal)),
  )
  return { done, failures: ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])) }
}
