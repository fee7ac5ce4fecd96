import pg from 'pg'
import { OpenQuery } from './open-query.ts'
import { query } from './query.ts'

/** Prefix of the messages by which the database's own log tells that a declared table is there, in order with its rows. */
export const TABLE_MADE = 'eventproof.table'

const ATTACH = 'SELECT eventproof.attach(true)'

/** What is put on a declared table: triggers, a place in a publication. */
export interface Attachment {
  readonly name: string
  readonly table: string
  /** That the SQL relies on: a migration may add them after it has made the table. */
  readonly columns: readonly string[]
  readonly sql: string
  /** Whether the log tells when it was put there. */
  readonly tells?: true
  /** Whether it is run again whenever the table has got another partition, which takes nothing of it from the table. */
  readonly eachPartition?: true
}

/**
 * Runs SQL on tables as soon as they are there with their columns: now where they are, else in the very transaction of
 * the service that makes them; and again where a service drops and makes them anew. Only a superuser may make such an
 * event trigger; without it `attachNow` puts on what has come since.
 * @throws pg.DatabaseError where the SQL fails on a table that is there
 */
export async function attach(url: string, attachments: readonly Attachment[]): Promise<void> {
  const rows = attachments.map(({ name, table, columns, sql, tells = false, eachPartition = false }) => {
    const literals = [name, quotedTable(table), table, sql].map((text) => pg.escapeLiteral(text))
    return `(${literals}, ARRAY[${columns.map((column) => pg.escapeLiteral(column))}]::text[], ${tells}, ${eachPartition})`
  })
  await using connection = new OpenQuery(url)
  await connection.ask(SETUP)
  await connection.ask(
    `INSERT INTO eventproof.attachments (name, quoted, called, sql, columns, tells, each_partition) VALUES ${rows.join(', ')}`,
  )
  await connection.ask(EVENT_TRIGGER)
  await connection.ask(ATTACH)
}

/** Puts on what has not been put on yet. @throws pg.DatabaseError where that fails */
export async function attachNow(url: string): Promise<void> {
  await query(url, ATTACH)
}

export function quotedTable(name: string): string {
  return name.split('.').map(pg.escapeIdentifier).join('.')
}

/**
 * Whatever a service's migration does, it must not fail because of us: what can't be put on then is told when the
 * harness tries again. A column of a table that is made in steps may come later, so `ALTER TABLE` counts too.
 */
const SETUP = `
  CREATE SCHEMA IF NOT EXISTS eventproof;
  GRANT USAGE ON SCHEMA eventproof TO PUBLIC;
  CREATE TABLE IF NOT EXISTS eventproof.attachments (
    nr serial PRIMARY KEY, name text UNIQUE, quoted text, called text, sql text, columns text[], tells boolean,
    each_partition boolean, made oid, partitions bigint);

  CREATE OR REPLACE FUNCTION eventproof.attach(strict boolean) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    one record;
    present oid;
    parts bigint;
  BEGIN
    IF current_setting('eventproof.attaching', true) = 'on' THEN RETURN; END IF;
    PERFORM set_config('eventproof.attaching', 'on', true);
    FOR one IN SELECT * FROM eventproof.attachments ORDER BY nr LOOP
      present := to_regclass(one.quoted);
      parts := (SELECT count(*) FROM pg_partition_tree(present));
      CONTINUE WHEN present IS NULL OR present = one.made AND (parts = one.partitions OR NOT one.each_partition) OR EXISTS (
        SELECT FROM unnest(one.columns) AS wanted WHERE NOT EXISTS (
          SELECT FROM pg_attribute WHERE attrelid = present AND attname = wanted AND NOT attisdropped));
      BEGIN
        EXECUTE one.sql;
        UPDATE eventproof.attachments SET made = present, partitions = parts WHERE nr = one.nr;
        IF one.tells AND one.made IS DISTINCT FROM present AND (one.made IS NOT NULL OR NOT strict) THEN
          PERFORM pg_logical_emit_message(true, '${TABLE_MADE}',
            json_build_object('table', one.called, 'anew', one.made IS NOT NULL)::text);
        END IF;
      EXCEPTION WHEN OTHERS THEN
        IF strict THEN RAISE; END IF;
      END;
    END LOOP;
    PERFORM set_config('eventproof.attaching', 'off', true);
  END $$;

  CREATE OR REPLACE FUNCTION eventproof.attach_later() RETURNS event_trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM eventproof.attach(false);
  END $$;`

const EVENT_TRIGGER = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'eventproof_attach') THEN
      CREATE EVENT TRIGGER eventproof_attach ON ddl_command_end
        WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE')
        EXECUTE FUNCTION eventproof.attach_later();
    END IF;
  EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'no event trigger: tables are looked for by the harness';
  END $$`
