import pg from 'pg'
import { columnOf } from '../history/column-place.ts'
import { type Attachment, quotedTable } from '../observers/attachments.ts'
import { placeArguments, SAID } from './column-place.sql.ts'
import { LOCK_CLASS } from './gate-locks.ts'
import { NAMED, namedTrigger } from './named.sql.ts'
import type { OutboxTables } from './outbox-tables.ts'
import { WRITE_GATE, writeGateTrigger } from './write-gate.sql.ts'

/**
 * A gate is an advisory lock that a trigger takes shared and the harness holds exclusively while the gate is closed:
 * who comes to a closed gate waits in the server, visibly, and no code of the service is changed. Locks of a dead
 * harness vanish, so a gate can never stay closed. Each row passes the gate of its key, so other keys flow on.
 *
 * The commit gate and the refusal are deferred constraint triggers: they run inside COMMIT, before its record.
 */
export function gateTriggers({ state, outbox }: Pick<OutboxTables, 'state' | 'outbox'>): Attachment[] {
  const columns = [state.id, ...(state.amount === undefined ? [] : [state.amount])]
  const commit = {
    name: 'commit gate',
    table: state.table,
    columns,
    sql: `${namedTrigger(state)}
      CREATE CONSTRAINT TRIGGER eventproof_commit_gate AFTER INSERT OR UPDATE ON ${quotedTable(state.table)}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION eventproof.pass_commit_gate(${columns.map(pg.escapeLiteral)});`,
  }
  const write = writeGateTrigger(state)
  if (outbox === undefined) return [commit, write]
  const mark = {
    name: 'mark gate',
    table: outbox.table,
    columns: [columnOf(outbox.aggregateId)],
    sql: `CREATE TRIGGER eventproof_mark_gate BEFORE UPDATE OR DELETE ON ${quotedTable(outbox.table)}
      FOR EACH ROW EXECUTE FUNCTION eventproof.pass_mark_gate(${placeArguments(outbox.aggregateId)});`,
  }
  return [commit, write, mark]
}

/** What the triggers of the gates call. */
export const GATES = `
    CREATE SCHEMA IF NOT EXISTS eventproof;
    GRANT USAGE ON SCHEMA eventproof TO PUBLIC;
    CREATE TABLE eventproof.refused (key text PRIMARY KEY);
    GRANT SELECT ON eventproof.refused TO PUBLIC;

    ${NAMED}
    ${SAID}
    ${WRITE_GATE}

    CREATE FUNCTION eventproof.pass_commit_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE changed text := eventproof.named(to_jsonb(NEW) ->> TG_ARGV[0], to_jsonb(NEW) ->> TG_ARGV[1]);
    BEGIN
      IF EXISTS (SELECT FROM eventproof.refused r WHERE r.key = changed) THEN
        RAISE EXCEPTION 'eventproof refuses the commit of %', changed USING ERRCODE = 'P0001';
      END IF;
      PERFORM pg_advisory_xact_lock_shared(${LOCK_CLASS.commit}, hashtext(changed));
      RETURN NULL;
    END $$;

    -- Columns that say that a row is done, and by which value; any where it is null. Empty: every change does.
    CREATE TABLE eventproof.done (name text NOT NULL, value text);
    GRANT SELECT ON eventproof.done TO PUBLIC;

    CREATE FUNCTION eventproof.pass_mark_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND EXISTS (SELECT FROM eventproof.done) AND NOT EXISTS (
        SELECT FROM eventproof.done d
         WHERE (to_jsonb(NEW) ->> d.name) IS DISTINCT FROM (to_jsonb(OLD) ->> d.name)
           AND (d.value IS NULL OR to_jsonb(NEW) ->> d.name = d.value)) THEN
        RETURN NEW;
      END IF;
      PERFORM pg_advisory_xact_lock_shared(${LOCK_CLASS.mark}, hashtext(eventproof.named(eventproof.said(to_jsonb(OLD), TG_ARGV[0], TG_ARGV[1]), to_jsonb(OLD)::text)));
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;`
