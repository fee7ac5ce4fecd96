import type { PartLook } from '../history/backlog-kinds.ts'
import type { OpenQuery } from './open-query.ts'

/** How far the WAL goes, and from where on a replication slot keeps it, in bytes. Empty where there is no such slot. */
export async function slotLook(query: Pick<OpenQuery, 'ask'>, slot: string): Promise<readonly PartLook[]> {
  const found = await query.ask(
    `SELECT pg_current_wal_lsn() - '0/0'::pg_lsn AS came, restart_lsn - '0/0'::pg_lsn AS done
       FROM pg_replication_slots WHERE slot_name = $1`,
    [slot],
  )
  return found.map(({ came, done }) => ({
    part: '',
    begin: 0,
    end: Number(came),
    done: Number(done ?? came),
  }))
}

/** Goes on to the next segment of the WAL: a slot then keeps as much more as that is long. Needs a superuser. */
export async function growWal(query: Pick<OpenQuery, 'ask'>): Promise<void> {
  await query.ask(`SELECT pg_create_restore_point('eventproof')`)
  await query.ask('SELECT pg_switch_wal()')
}

/** What the server does by itself each 15 s: from there on a slot can be moved forward. Needs a superuser. */
export async function tellSnapshot(query: Pick<OpenQuery, 'ask'>): Promise<void> {
  await query.ask('CHECKPOINT')
}
