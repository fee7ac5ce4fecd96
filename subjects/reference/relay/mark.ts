import type { PoolClient } from 'pg'

/** Events that the broker acknowledged: they are not claimed again. */
export async function mark(tx: PoolClient, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query('UPDATE outbox_events SET published = true WHERE id = ANY ($1::uuid[])', [ids])
}

/** An event that can never be published: it is put aside with the reason, and the ones behind it go on. */
export async function park(tx: PoolClient, id: string, reason: string): Promise<void> {
  await tx.query('UPDATE outbox_events SET parked_at = now(), parked_reason = $2 WHERE id = $1', [id, reason])
}
