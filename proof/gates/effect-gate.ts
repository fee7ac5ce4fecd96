import { createHash } from 'node:crypto'
import { attach, quotedTable } from '../observers/attachments.ts'
import { query } from '../observers/query.ts'
import { EFFECT_SCHEMA, type EffectRows, effectTriggerSql, onEffects } from './effect-rows.sql.ts'
import { GateLocks, type GateLocksOptions, LOCK_CLASS, type Waiting } from './gate-locks.ts'

/** A backend looks whether its client is there, also while it waits. Where that can't be set, it does not notice. */
const NOTICE_DEATH = `DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET client_connection_check_interval = 10', current_database());
EXCEPTION WHEN OTHERS THEN NULL; END $$`

export interface EffectGateOptions extends GateLocksOptions {
  readonly effects: EffectRows
}

/**
 * Holds COMMIT of the first transaction that brings the effect of an event, and only of the first: whoever handles
 * the same event again, after a crash or beside it, passes. Keys are event ids as the effect's column shows them;
 * numbers without trailing zeros. Close it before the event is on its topic.
 */
export class EffectGate implements AsyncDisposable {
  readonly #locks: GateLocks

  private constructor(locks: GateLocks) {
    this.#locks = locks
  }

  /** Installs the trigger, on a table that is not there yet as soon as it is made. */
  static async install(options: EffectGateOptions): Promise<EffectGate> {
    const { url, effects } = options
    await query(url, effectGateSql(effects))
    await query(url, NOTICE_DEATH)
    const trigger = `CREATE CONSTRAINT TRIGGER eventproof_effect_gate AFTER INSERT OR UPDATE ON ${quotedTable(effects.table)}
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION eventproof.pass_effect_gate();`
    await attach(url, [onEffects('effect gate', effects, trigger)])
    return new EffectGate(new GateLocks(options))
  }

  /** From now on, who is the first to commit an effect of `event` waits. */
  close(event: string): Promise<void> {
    return this.#locks.close('effect', event, async (client) => {
      const arrivals = `eventproof.arrivals_${createHash('md5').update(event).digest('hex')}`
      await client.query(
        `CREATE SEQUENCE IF NOT EXISTS ${arrivals}; GRANT USAGE ON SEQUENCE ${arrivals} TO PUBLIC`,
      )
      // A gate that is closed once more waits for a first one once more.
      await client.query('SELECT setval($1::text::regclass, 1, false)', [arrivals])
    })
  }

  /** Waits until a backend stands at the closed gate. @throws {DeadlinePassed} */
  waiting(event: string, deadline: number): Promise<Waiting> {
    return this.#locks.waiting('effect', event, deadline)
  }

  /** Lets the first one through too; a gate that is not closed stays open. */
  open(event: string): Promise<void> {
    return this.#locks.open('effect', event)
  }

  /**
   * The same, when a client that died at the gate has taken its transaction along: it may have died before it sent its
   * COMMIT. A client that lives goes on waiting meanwhile, and passes.
   * @param deadline milliseconds in which a backend has noticed that its client is gone: some, on a busy machine a second
   */
  async openBehind(event: string, deadline: number): Promise<void> {
    await this.#locks.left('effect', event, deadline).catch(() => {})
    await this.open(event)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#locks[Symbol.asyncDispose]()
  }
}

/**
 * A sequence counts who arrives: it does not forget who rolled back, and no snapshot hides it, so that the first one
 * is the first one at every isolation level. Without such a sequence the gate was never closed for the event.
 */
function effectGateSql(effects: EffectRows): string {
  const pass = effectTriggerSql(
    'pass_effect_gate',
    effects,
    "arrivals regclass := to_regclass('eventproof.arrivals_' || md5(event));",
    `IF arrivals IS NOT NULL AND nextval(arrivals) = 1 THEN
        PERFORM pg_advisory_xact_lock_shared(${LOCK_CLASS.effect}, hashtext(event));
      END IF;
      RETURN NULL;`,
  )
  return `${EFFECT_SCHEMA}${pass}`
}
