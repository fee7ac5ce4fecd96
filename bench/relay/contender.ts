import type { Client } from 'pg'
import type { Database, Stack } from '../../stacks/stack.ts'

/** Where a contender works for one round: everything in it is new. */
export interface Arena {
  readonly stack: Stack
  readonly database: Database
  readonly sql: Client
  readonly topicPrefix: string
  readonly topic: string
}

export interface Contender {
  readonly name: string
  /** Events of the throughput run: enough for a second or two. */
  readonly events: number
  /** Starts it; what comes back ends it. Resolves when it would take the next event at once. */
  start(arena: Arena): Promise<AsyncDisposable>
  /** Inserts `count` events in one statement, over 500 aggregates; `number` in the payload counts from `from`. */
  insert(sql: Client, from: number, count: number): Promise<void>
}
