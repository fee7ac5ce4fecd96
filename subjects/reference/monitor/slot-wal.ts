import type { Pool } from 'pg'
import type { Measure } from './measure.ts'

/** What each replication slot of the database keeps from being removed: a slot that nobody reads fills the disk. */
export function slotWal(database: Pool): Measure<'slot_name'> {
  return {
    name: 'postgres_replication_slot_retained_bytes',
    help: 'WAL that the replication slot keeps',
    labels: ['slot_name'],
    async read() {
      const { rows } = await database.query<{ slot: string; kept: string }>(
        `SELECT slot_name AS slot, pg_current_wal_lsn() - restart_lsn AS kept
           FROM pg_replication_slots WHERE database = current_database() AND restart_lsn IS NOT NULL`,
      )
      return rows.map(({ slot, kept }) => ({ labels: { slot_name: slot }, value: Number(kept) }))
    },
  }
}
