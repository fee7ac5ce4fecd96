import type { PoolClient } from 'pg'
import type { Payment } from './payment.ts'

/** The name under which this service remembers events. */
export const CONSUMER = 'payment'

/** Books a payment unless its event was taken into account before, as part of the caller's transaction. */
export async function book(tx: PoolClient, { eventId, paymentId, amount }: Payment): Promise<void> {
  const remembered = await tx.query(
    'INSERT INTO processed_events (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [eventId, CONSUMER],
  )
  if (remembered.rowCount === 0) return
  await tx.query('INSERT INTO payments (event_id, payment_id, amount) VALUES ($1, $2, $3)', [
    eventId,
    paymentId,
    amount,
  ])
}
