import type pg from 'pg'
import { databaseClient } from '../../core/database-client.ts'
import { attach, quotedTable } from '../observers/attachments.ts'
import { query } from '../observers/query.ts'
import { EFFECT_SCHEMA, type EffectRows, effectTriggerSql, onEffects } from './effect-rows.sql.ts'

/** Beside the classes of the gates. */
const LOCK_CLASS = 0x45500010

export interface WorkStopOptions {
  /** Direct address of the scenario's database, past every link. */
  readonly url: string
  readonly effects: EffectRows
}

/**
 * Makes work take time: while it is closed, every effect waits where it is written, whatever the service is made of.
 * No fault and no gate of one event: it lets a backlog last until scaling has seen it.
 */
export class WorkStop implements AsyncDisposable {
  readonly #url: string
  #held: pg.Client | undefined

  private constructor(url: string) {
    this.#url = url
  }

  /** Installs the trigger, on a table that is not there yet as soon as it is made. */
  static async install({ url, effects }: WorkStopOptions): Promise<WorkStop> {
    const wait = effectTriggerSql(
      'pass_work_stop',
      effects,
      '',
      `PERFORM pg_advisory_xact_lock_shared(${LOCK_CLASS}, 0);
      RETURN NEW;`,
    )
    await query(url, `${EFFECT_SCHEMA}${wait}`)
    const trigger = `CREATE TRIGGER eventproof_work_stop BEFORE INSERT OR UPDATE ON ${quotedTable(effects.table)}
      FOR EACH ROW EXECUTE FUNCTION eventproof.pass_work_stop();`
    await attach(url, [onEffects('work stop', effects, trigger)])
    return new WorkStop(url)
  }

  /** Resolves when everything that is being written has ended, and the next effect waits. */
  async close(): Promise<void> {
    if (this.#held) return
    const client = databaseClient({ connectionString: this.#url, application_name: 'eventproof' })
    await client.connect()
    this.#held = client
    await client.query('SELECT pg_advisory_lock($1, 0)', [LOCK_CLASS])
  }

  /** Ending the connection opens it, whatever else went wrong. */
  async open(): Promise<void> {
    const held = this.#held
    this.#held = undefined
    await held?.end().catch(() => {})
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.open()
  }
}
