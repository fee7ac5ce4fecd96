import pg from 'pg'
import { type Attachment, quotedTable } from '../observers/attachments.ts'
import { LOCK_CLASS } from './gate-locks.ts'
import { NAMED, namedTrigger } from './named.sql.ts'
import type { OutboxTables } from './outbox-tables.ts'

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
  if (outbox === undefined) return [commit]
  const mark = {
    name: 'mark gate',
    table: outbox.table,
    columns: [outbox.aggregateId],
    sql: `CREATE TRIGGER eventproof_mark_gate BEFORE UPDATE OR DELETE ON ${quotedTable(outbox.table)}
      FOR EACH ROW EXECUTE FUNCTION eventproof.pass_mark_gate(${pg.escapeLiteral(outbox.aggregateId)});`,
  }
  return [commit, mark]
}

/** What the triggers of the gates call. */
export const GATES = `
    CREATE SCHEMA IF NOT EXISTS eventproof;
    GRANT USAGE ON SCHEMA eventproof TO PUBLIC;
    CREATE TABLE eventproof.refused (key text PRIMARY KEY);
    GRANT SELECT ON eventproof.refused TO PUBLIC;

    ${NAMED}

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
      PERFORM pg_advisory_xact_lock_shared(${LOCK_CLASS.mark}, hashtext(eventproof.named(to_jsonb(OLD) ->> TG_ARGV[0], to_jsonb(OLD)::text)));
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;`

/**
 * Spoils outbox rows of single aggregates as they are inserted, or refuses them. Random padding, so that compression can't make it
 * small again. `jsonb` columns can't hold what is no JSON: there `unreadable` becomes a JSON string.
 */
export function spoilSql(outbox: { table: string; aggregateId: string; payload: string }): string {
  const [table, key, payload] = [
    quotedTable(outbox.table),
    pg.escapeLiteral(outbox.aggregateId),
    pg.escapeLiteral(outbox.payload),
  ]
  return `
    ${columnSql(outbox.table, outbox.payload)}
    CREATE TABLE IF NOT EXISTS eventproof.spoiled (key text PRIMARY KEY, way text NOT NULL);
    GRANT SELECT ON eventproof.spoiled TO PUBLIC;
    CREATE SEQUENCE IF NOT EXISTS eventproof.refusals;
    GRANT USAGE ON SEQUENCE eventproof.refusals TO PUBLIC;
    ALTER SEQUENCE eventproof.refusals RESTART;
    CREATE OR REPLACE FUNCTION eventproof.spoil() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      row_now jsonb := to_jsonb(NEW);
      spoiled_as text := (SELECT way FROM eventproof.spoiled s WHERE s.key = eventproof.named(to_jsonb(NEW) ->> ${key}, to_jsonb(NEW)::text));
      held jsonb;
    BEGIN
      IF spoiled_as IS NULL THEN RETURN NEW; END IF;
      IF spoiled_as = 'refused' OR spoiled_as = 'refused-once' THEN
        -- A sequence counts on although the transaction rolls back.
        IF nextval('eventproof.refusals') = 1 OR spoiled_as = 'refused' THEN
          RAISE EXCEPTION 'eventproof refuses an event of %', row_now ->> ${key} USING ERRCODE = '53100';
        END IF;
        RETURN NEW;
      END IF;
      held := row_now -> ${payload};
      IF spoiled_as = 'oversized' THEN
        held := CASE jsonb_typeof(held) WHEN 'string' THEN (held #>> '{}')::jsonb ELSE held END
          || jsonb_build_object('padding', (SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 34000)));
        IF jsonb_typeof(row_now -> ${payload}) = 'string' THEN held := to_jsonb(held::text); END IF;
      ELSE
        held := to_jsonb('{' || left(row_now ->> ${payload}, 5));
      END IF;
      RETURN jsonb_populate_record(NEW, jsonb_build_object(${payload}, held));
    END $$;
    DROP TRIGGER IF EXISTS eventproof_spoil ON ${table};
    CREATE TRIGGER eventproof_spoil BEFORE INSERT ON ${table}
      FOR EACH ROW EXECUTE FUNCTION eventproof.spoil();`
}

/** Fails where the column does not exist: a trigger would find NULL there and let everyone through. */
function columnSql(table: string, column: string): string {
  return `SELECT ${pg.escapeIdentifier(column)} FROM ${quotedTable(table)} LIMIT 0;`
}
