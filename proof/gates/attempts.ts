import { createHash } from 'node:crypto'
import { ATTEMPT } from '../history/attempt-messages.ts'
import { attach, quotedTable } from '../observers/attachments.ts'
import { query } from '../observers/query.ts'
import { EFFECT_SCHEMA, type EffectRows, effectTriggerSql, onEffects } from './effect-rows.sql.ts'

export interface Spoiling {
  /** How many attempts fail before one succeeds; −1: all of them. */
  readonly failures: number
  /**
   * What the database says, five characters: `40001` (serialization_failure) or `53300` (too_many_connections) to be
   * tried again, `23514` (check_violation) or `22023` (invalid_parameter_value) not to be.
   */
  readonly sqlstate: string
}

/**
 * Counts, and on demand spoils, what a consumer tries to do: each time it writes an effect row, a message outside of
 * its transaction says for which event, and stays although the transaction rolls back. Content: the event id.
 *
 * Writes of one event in one transaction are one attempt, whatever lies between them. An attempt that does not get as far
 * as the effect table (a duplicate that was recognised before) is not seen.
 */
export class Attempts {
  readonly #url: string

  private constructor(url: string) {
    this.#url = url
  }

  /** Installs the triggers, on a table that is not there yet as soon as it is made. */
  static async install(options: { readonly url: string; readonly effects: EffectRows }): Promise<Attempts> {
    const { url, effects } = options
    await query(url, attemptsSql(effects))
    const table = quotedTable(effects.table)
    const triggers = `
      CREATE TRIGGER eventproof_attempt BEFORE INSERT OR UPDATE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION eventproof.count_attempt();
      CREATE TRIGGER eventproof_spoil_effect BEFORE INSERT OR UPDATE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION eventproof.spoil_effect();`
    await attach(url, [onEffects('attempts', effects, triggers)])
    return new Attempts(options.url)
  }

  /** From now on attempts at the effect of `event` fail; each failure is a message with prefix `ATTEMPT.spoiled`. */
  async spoil(event: string, { failures, sqlstate }: Spoiling): Promise<void> {
    const left = `eventproof.spoilings_${createHash('md5').update(event).digest('hex')}`
    await query(
      this.#url,
      `CREATE SEQUENCE IF NOT EXISTS ${left}; GRANT USAGE ON SEQUENCE ${left} TO PUBLIC; ALTER SEQUENCE ${left} RESTART`,
    )
    const text =
      'INSERT INTO eventproof.spoiled_effects VALUES ($1, $2, $3) ON CONFLICT (marked) DO UPDATE SET failures = excluded.failures, sqlstate = excluded.sqlstate'
    await query(this.#url, text, [event, failures, sqlstate])
  }

  async mend(event: string): Promise<void> {
    await query(this.#url, 'DELETE FROM eventproof.spoiled_effects WHERE marked = $1', [event])
  }
}

/**
 * Triggers of one kind fire in the order of their names: an attempt is counted before it is spoiled. A message is
 * flushed where the server can do it (from 17 on): the observer sees at once what no commit will flush, and timing
 * predicates need it.
 */
function attemptsSql(effects: EffectRows): string {
  // What the setting says is undone with the transaction, or with the savepoint to which it goes back.
  const count = effectTriggerSql(
    'count_attempt',
    effects,
    "attempted text := coalesce(nullif(current_setting('eventproof.attempted', true), ''), E'\\n');",
    `IF event IS NOT NULL AND position(E'\\n' || event || E'\\n' IN attempted) = 0 THEN
        PERFORM eventproof.tell('${ATTEMPT.made}', event);
        PERFORM set_config('eventproof.attempted', attempted || event || E'\\n', true);
      END IF;
      RETURN NEW;`,
  )
  const spoil = effectTriggerSql(
    'spoil_effect',
    effects,
    'how eventproof.spoiled_effects;',
    `SELECT * INTO how FROM eventproof.spoiled_effects WHERE marked = event;
      IF how.failures < 0 OR nextval(to_regclass('eventproof.spoilings_' || md5(how.marked))) <= how.failures THEN
        PERFORM eventproof.tell('${ATTEMPT.spoiled}', event);
        RAISE EXCEPTION 'eventproof spoils the effect of %', event USING ERRCODE = how.sqlstate;
      END IF;
      RETURN NEW;`,
  )
  return `${EFFECT_SCHEMA}
    CREATE TABLE IF NOT EXISTS eventproof.spoiled_effects (
      marked text PRIMARY KEY, failures int NOT NULL, sqlstate text NOT NULL CHECK (sqlstate ~ '^[0-9A-Z]{5}$'));
    GRANT SELECT ON eventproof.spoiled_effects TO PUBLIC;
    CREATE OR REPLACE FUNCTION eventproof.tell(prefix text, event text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      told text := round(extract(epoch FROM clock_timestamp()) * 1000, 3) || ' ' || event;
    BEGIN
      IF current_setting('server_version_num')::int >= 170000 THEN
        PERFORM pg_logical_emit_message(false, prefix, told, true);
      ELSE
        PERFORM pg_logical_emit_message(false, prefix, told);
      END IF;
    END $$;
    ${count}${spoil}`
}
