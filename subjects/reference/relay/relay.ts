import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { backoff } from '../service/backoff.ts'
import { log, textOf } from '../service/log.ts'
import { transaction } from '../service/transaction.ts'
import type { OutboxRow } from './outbox-row.ts'
import type { Publish } from './publisher.ts'
import type { Wake } from './wake.ts'

export interface RelayParts {
  readonly database: Pool
  readonly claim: (tx: PoolClient) => Promise<readonly OutboxRow[]>
  readonly publish: Publish
  readonly mark: (tx: PoolClient, ids: readonly string[]) => Promise<void>
  readonly park: (tx: PoolClient, id: string, reason: string) => Promise<void>
  readonly wake: Wake
}

/** Until it is disposed of, moves events from the outbox to Kafka, whatever breaks in between. */
export function startRelay(parts: RelayParts): AsyncDisposable {
  const closing = new AbortController()
  const done = run(parts, closing.signal)
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await parts.wake[Symbol.asyncDispose]()
      await done
    },
  }
}

async function run(parts: RelayParts, signal: AbortSignal): Promise<void> {
  const pauses = backoff()
  while (!signal.aborted) {
    try {
      const moved = await moveBatch(parts)
      pauses.reset()
      if (moved === 0 && !signal.aborted) await parts.wake.next()
    } catch (error) {
      log('a batch was not finished and is taken up again', { error: textOf(error) })
      await pause(pauses.next(), undefined, { signal }).catch(() => {})
    }
  }
}

/**
 * Claims, publishes and marks in one transaction, in this order. If anything breaks on the way the claim is
 * rolled back and the same events are published again: at least once, never not at all.
 * @returns how many events were dealt with
 */
async function moveBatch({ database, claim, publish, mark, park }: RelayParts): Promise<number> {
  const { moved, failure } = await transaction(database, async (tx) => {
    const rows = await claim(tx)
    if (rows.length === 0) return { moved: 0, failure: undefined }
    const { acknowledged, unpublishable, failure } = await publish(rows)
    await mark(tx, acknowledged)
    for (const { id, reason } of unpublishable) {
      log('parked', { id, reason })
      await park(tx, id, reason)
    }
    return { moved: acknowledged.length + unpublishable.length, failure }
  })
  if (failure !== undefined) throw failure
  return moved
}
