import type pg from 'pg'
import { type Attachment, quotedTable } from '../observers/attachments.ts'
import { LOCK_CLASS } from './gate-locks.ts'

/** The session with such a lock is the one that waits. */
const TICKET_CLASS = 0x45500005

/**
 * The write gate stands before a statement on the business table: a transaction has begun, and has locked nothing there
 * that another one waits for. A statement tells no key, so one transaction alone waits, the first that comes, whatever
 * aggregate it is about; all others pass. Its lock is taken with an xid, by which its commit is told.
 */
export function writeGateTrigger(state: { readonly table: string; readonly id: string }): Attachment {
  return {
    name: 'write gate',
    table: state.table,
    columns: [state.id],
    sql: `CREATE TRIGGER eventproof_write_gate BEFORE INSERT OR UPDATE ON ${quotedTable(state.table)}
      FOR EACH STATEMENT EXECUTE FUNCTION eventproof.pass_write_gate();`,
  }
}

/** What the trigger calls. A row for the gate that is closed. */
export const WRITE_GATE = `
    CREATE TABLE eventproof.first_writes (key text PRIMARY KEY);
    GRANT SELECT ON eventproof.first_writes TO PUBLIC;

    CREATE FUNCTION eventproof.pass_write_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE held text := (SELECT key FROM eventproof.first_writes LIMIT 1);
    BEGIN
      IF held IS NOT NULL AND pg_try_advisory_xact_lock(${TICKET_CLASS}, hashtext(held)) THEN
        PERFORM pg_current_xact_id();
        PERFORM pg_advisory_xact_lock_shared(${LOCK_CLASS.write}, hashtext(held));
      END IF;
      RETURN NULL;
    END $$;`

/** From now on the first one waits, while the gate of this key is closed. */
export async function holdFirst(client: pg.Client, key: string): Promise<void> {
  await client.query('INSERT INTO eventproof.first_writes VALUES ($1) ON CONFLICT DO NOTHING', [key])
}

export const LET_FIRST_PASS = 'DELETE FROM eventproof.first_writes WHERE key = $1'
