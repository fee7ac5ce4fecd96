import pg from 'pg'
import type { ColumnPlace } from '../history/column-place.ts'
import { quotedTable } from '../observers/attachments.ts'
import { placeArguments } from './column-place.sql.ts'

/**
 * Spoils outbox rows of single aggregates as they are inserted, or refuses them. Random padding, so that compression can't
 * make it small again. What is no JSON is padded and cut as text, and bytes that are no text as bytes. `jsonb` columns can't
 * hold what is no JSON: there `unreadable` becomes a JSON string.
 */
export function spoilSql(outbox: { table: string; aggregateId: ColumnPlace; payload: string }): string {
  const [table, key, payload] = [
    quotedTable(outbox.table),
    placeArguments(outbox.aggregateId),
    pg.escapeLiteral(outbox.payload),
  ]
  return `
    ${columnSql(outbox.table, outbox.payload)}
    CREATE TABLE IF NOT EXISTS eventproof.spoiled (key text PRIMARY KEY, way text NOT NULL);
    GRANT SELECT ON eventproof.spoiled TO PUBLIC;
    CREATE SEQUENCE IF NOT EXISTS eventproof.refusals;
    GRANT USAGE ON SEQUENCE eventproof.refusals TO PUBLIC;
    ALTER SEQUENCE eventproof.refusals RESTART;
    ${SPOILT}
    CREATE OR REPLACE FUNCTION eventproof.spoil() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      row_now jsonb := to_jsonb(NEW);
      spoiled_as text := (SELECT way FROM eventproof.spoiled s WHERE s.key = eventproof.named(eventproof.said(to_jsonb(NEW), ${key}), to_jsonb(NEW)::text));
      in_bytes boolean := EXISTS (SELECT FROM pg_attribute
        WHERE attrelid = TG_RELID AND attname = ${payload} AND atttypid = 'bytea'::regtype);
      held jsonb;
    BEGIN
      IF spoiled_as IS NULL THEN RETURN NEW; END IF;
      IF spoiled_as = 'refused' OR spoiled_as = 'refused-once' THEN
        -- A sequence counts on although the transaction rolls back.
        IF nextval('eventproof.refusals') = 1 OR spoiled_as = 'refused' THEN
          RAISE EXCEPTION 'eventproof refuses an event of %', eventproof.said(row_now, ${key}) USING ERRCODE = '53100';
        END IF;
        RETURN NEW;
      END IF;
      IF in_bytes THEN
        held := to_jsonb(eventproof.spoilt((row_now ->> ${payload})::bytea, spoiled_as));
      ELSIF spoiled_as = 'oversized' AND jsonb_typeof(row_now -> ${payload}) <> 'string' THEN
        held := (row_now -> ${payload}) || jsonb_build_object('padding', eventproof.padding());
      ELSE
        held := to_jsonb(eventproof.spoilt(row_now ->> ${payload}, spoiled_as));
      END IF;
      RETURN jsonb_populate_record(NEW, jsonb_build_object(${payload}, held));
    END $$;
    DROP TRIGGER IF EXISTS eventproof_spoil ON ${table};
    CREATE TRIGGER eventproof_spoil BEFORE INSERT ON ${table}
      FOR EACH ROW EXECUTE FUNCTION eventproof.spoil();`
}

/** A payload as it is spoiled, as text and as bytes. */
const SPOILT = `
    CREATE OR REPLACE FUNCTION eventproof.padding() RETURNS text LANGUAGE sql AS $$
      SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 34000) $$;

    CREATE OR REPLACE FUNCTION eventproof.spoilt(held text, way text) RETURNS text LANGUAGE plpgsql AS $$
    BEGIN
      IF way <> 'oversized' THEN RETURN '{' || left(held, 5); END IF;
      IF jsonb_typeof(held::jsonb) = 'object' THEN
        RETURN (held::jsonb || jsonb_build_object('padding', eventproof.padding()))::text;
      END IF;
      RETURN held || eventproof.padding();
    -- It is no JSON.
    EXCEPTION WHEN data_exception THEN RETURN held || eventproof.padding();
    END $$;

    CREATE OR REPLACE FUNCTION eventproof.spoilt(held bytea, way text) RETURNS bytea LANGUAGE plpgsql AS $$
    BEGIN
      RETURN convert_to(eventproof.spoilt(convert_from(held, 'UTF8'), way), 'UTF8');
    -- They are no text.
    EXCEPTION WHEN data_exception THEN
      RETURN CASE way WHEN 'oversized' THEN held || convert_to(eventproof.padding(), 'UTF8') ELSE substring(held FOR 3) END;
    END $$;`

/**
 * How many characters a column of text holds at most.
 * @returns a query with one row; its `limit` is null where there is no limit
 */
export function limitSql(table: string, column: string): string {
  return `SELECT CASE WHEN atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND atttypmod > 4 THEN atttypmod - 4 END AS limit
    FROM pg_attribute WHERE attrelid = ${pg.escapeLiteral(quotedTable(table))}::regclass AND attname = ${pg.escapeLiteral(column)}`
}

/** Fails where the column does not exist: a trigger would find NULL there and let everyone through. */
function columnSql(table: string, column: string): string {
  return `SELECT ${pg.escapeIdentifier(column)} FROM ${quotedTable(table)} LIMIT 0;`
}
