import pg from 'pg'
import { quotedTable } from '../observers/attachments.ts'

/**
 * What we call the aggregate of a row, for gates that are closed to an aggregate of ours while the service makes its ids
 * itself. `eventproof.named(id, numbers)`: by its id, where we know it (our key in some form, or an id that a row with
 * a command's amount had before); else by an amount of ours among the numbers of the row; else the id itself.
 *
 * A row of the business table with such an amount says how the service calls that aggregate. It is remembered in the
 * service's own transaction, so that it is true for every session that sees the row.
 */
export const NAMED = `
    CREATE TABLE eventproof.intended (amount text PRIMARY KEY, key text NOT NULL);
    CREATE TABLE eventproof.aggregates (id text PRIMARY KEY, key text NOT NULL);

    CREATE FUNCTION eventproof.numbers(said text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
      SELECT trim_scale(found[1]::numeric)::text FROM regexp_matches(said, '(?<![\\w.-])(\\d{1,18}(?:\\.\\d{1,9})?)(?![\\w-])', 'g') AS found
    $$;

    CREATE FUNCTION eventproof.intended_by(said text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS $$
      SELECT key FROM eventproof.intended WHERE amount IN (SELECT eventproof.numbers(said)) LIMIT 1
    $$;

    CREATE FUNCTION eventproof.named(id text, said text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS $$
      SELECT coalesce((SELECT a.key FROM eventproof.aggregates a WHERE a.id = named.id), eventproof.intended_by(said), id)
    $$;

    CREATE FUNCTION eventproof.remember_named() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE
      made text := to_jsonb(NEW) ->> TG_ARGV[0];
      ours text := eventproof.intended_by(to_jsonb(NEW) ->> TG_ARGV[1]);
    BEGIN
      IF made IS NOT NULL AND ours IS NOT NULL THEN
        -- An id that is inserted again is another aggregate's: its table was made anew.
        INSERT INTO eventproof.aggregates VALUES (made, ours)
          ON CONFLICT (id) DO UPDATE SET key = excluded.key WHERE TG_OP = 'INSERT';
      END IF;
      RETURN NULL;
    END $$;`

/** Where the business table has a column for the amount. */
export function namedTrigger({ table, id, amount }: { table: string; id: string; amount?: string }): string {
  if (amount === undefined) return ''
  return `CREATE TRIGGER eventproof_named AFTER INSERT OR UPDATE ON ${quotedTable(table)}
    FOR EACH ROW EXECUTE FUNCTION eventproof.remember_named(${pg.escapeLiteral(id)}, ${pg.escapeLiteral(amount)});`
}
