import type { Pool, PoolClient } from 'pg'
import { log } from '../service/log.ts'
import { transaction } from '../service/transaction.ts'
import type { OutboxRow } from './outbox-row.ts'
import type { Publish } from './publisher.ts'

/** What a batch goes through, in this order. */
export interface Steps {
  readonly database: Pool
  readonly claim: (tx: PoolClient) => Promise<readonly OutboxRow[]>
  readonly publish: Publish
  readonly mark: (tx: PoolClient, ids: readonly string[]) => Promise<void>
  readonly park: (tx: PoolClient, id: string, reason: string) => Promise<void>
}

/**
 * Claims, publishes and marks in one transaction. If anything breaks on the way the claim is rolled back and the
 * same events are published again: at least once, never not at all.
 * @returns how many events were dealt with
 * @throws what kept the rest of the batch from being published, after the marks were committed
 */
export async function moveBatch({ database, claim, publish, mark, park }: Steps): Promise<number> {
  const { moved, failure } = await transaction(database, async (tx) => {
    const rows = await claim(tx)
    if (rows.length === 0) return { moved: 0, failure: undefined }
    // The database ends a transaction that it hears nothing of; a batch of many requests may take longer than that.
    const stillHere = () => tx.query('SELECT')
    const { acknowledged, unpublishable, failure } = await publish(rows, stillHere)
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
