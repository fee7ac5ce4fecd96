import { setTimeout as pause } from 'node:timers/promises'
import type { NewEvent } from '../history/event.ts'
import { OpenQuery } from './open-query.ts'

const EVERY = 500

export interface SlotState {
  readonly active: boolean
  readonly streaming: boolean
  /** The backend that holds it. */
  readonly pid: number | undefined
  /** 0 where there is no slot. */
  readonly confirmedFlushLsn: number
}

/** Watches the replication slot of a connector: who holds it, how far it was confirmed, and whether it was lost. */
export class SlotObserver implements AsyncDisposable {
  readonly #query: OpenQuery
  readonly #slot: string
  readonly #record: (event: NewEvent) => void
  readonly #ended = new AbortController()
  readonly #watching: Promise<void>
  #last = ''

  private constructor(url: string, slot: string, record: (event: NewEvent) => void) {
    this.#query = new OpenQuery(url)
    this.#slot = slot
    this.#record = record
    this.#watching = this.#watch()
  }

  static open(options: { url: string; slot: string; record: (event: NewEvent) => void }): SlotObserver {
    return new SlotObserver(options.url, options.slot, options.record)
  }

  /**
   * Looks now; records what has changed since the last look. A slot is active already while it is being made, before
   * anything is captured: `streaming` is what says that changes arrive.
   */
  look(): Promise<SlotState> {
    return this.#look(({ text }) => text !== this.#last)
  }

  /** Looks now and records what it sees, also where that has not changed. */
  sample(): Promise<SlotState> {
    return this.#look(() => true)
  }

  async #look(worthRecording: (seen: { readonly text: string }) => boolean): Promise<SlotState> {
    const [row] = await this.#query.ask(
      `SELECT active::text, active_pid, wal_status, (r.state IN ('catchup', 'streaming'))::text AS streaming, confirmed_flush_lsn - '0/0'::pg_lsn AS confirmed,
              restart_lsn - '0/0'::pg_lsn AS restart, pg_current_wal_lsn() - '0/0'::pg_lsn AS current
         FROM (SELECT 1) AS one LEFT JOIN pg_replication_slots ON slot_name = $1
              LEFT JOIN pg_stat_replication r ON r.pid = active_pid`,
      [this.#slot],
    )
    const number = (text: string | null | undefined) => (text == null ? null : Number(text))
    const active = row?.active === 'true'
    const sample = {
      active,
      confirmedFlushLsn: number(row?.confirmed),
      restartLsn: number(row?.restart),
      walStatus: row?.wal_status ?? null,
    }
    const text = JSON.stringify(sample)
    if (worthRecording({ text })) {
      this.#last = text
      this.#record({ kind: 'pg.slot', slot: this.#slot, ...sample, currentLsn: Number(row?.current ?? 0) })
    }
    return {
      active,
      streaming: active && row?.streaming === 'true',
      pid: number(row?.active_pid) ?? undefined,
      confirmedFlushLsn: sample.confirmedFlushLsn ?? 0,
    }
  }

  async #watch(): Promise<void> {
    const { signal } = this.#ended
    while (!signal.aborted) {
      // A server that is down for a while is part of some scenarios; it is looked at again.
      await this.look().catch(() => {})
      await pause(EVERY, undefined, { signal }).catch(() => {})
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    await this.#watching
    await this.#query[Symbol.asyncDispose]()
  }
}
