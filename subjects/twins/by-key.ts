import { setTimeout as pause } from 'node:timers/promises'
import type { Position } from '../reference/consumer/position.ts'
import { type ConsumedRecord, partitionName } from '../reference/consumer/record.ts'
import { commit, poll } from '../reference/consumer/round.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../reference/fulfillment/setup.ts'
import { log, textOf } from '../reference/service/log.ts'

/** Milliseconds between two commits, as many clients have them. */
const INTERVAL = 300

/** How far the work on a partition is. */
export interface Progress {
  /** Offsets of records that are worked on, in order. */
  readonly open: Set<bigint>
  /** Behind the highest record that is done. */
  highest: bigint
}

/**
 * A fulfillment that works on keys side by side, on each in its order and until it has succeeded, and commits by the clock.
 * @param done the offset that a partition's group is told of
 */
export function runByKey(done: (position: Position, progress: Progress) => bigint): void {
  const setup = fulfillmentFromEnvironment()
  const keys = new Map<string, Promise<void>>()
  const underWay = new WeakMap<Position, Progress>()
  let committed = 0

  runFulfillment({
    ...setup,
    consumer: {
      ...setup.consumer,
      async round(parts) {
        const { handle, positions, closing } = parts
        const work = async (record: ConsumedRecord, progress: Progress) => {
          while (progress.open.has(record.offset)) {
            closing.throwIfAborted()
            await handle([record], () => progress.open.delete(record.offset), closing).catch((error) => {
              log('not shipped', { error: textOf(error) })
              return pause(50)
            })
          }
          if (record.offset >= progress.highest) progress.highest = record.offset + 1n
        }
        for (const record of await poll(parts)) {
          const position = positions.get(partitionName(record))
          if (position === undefined) continue
          const progress = underWay.get(position) ?? { open: new Set(), highest: position.done }
          underWay.set(position, progress)
          progress.open.add(record.offset)
          const key = record.key?.toString() ?? ''
          const worked = (keys.get(key) ?? Promise.resolve()).then(() => work(record, progress))
          worked.catch(() => {})
          keys.set(key, worked)
        }
        if (performance.now() - committed < INTERVAL) return
        committed = performance.now()
        for (const position of positions.all) {
          const progress = underWay.get(position)
          if (progress !== undefined) position.done = done(position, progress)
        }
        await commit(parts)
      },
    },
  })
}
