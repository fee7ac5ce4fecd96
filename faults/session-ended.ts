import { until } from '../core/until.ts'
import type { Waiting } from '../proof/gates/gate-locks.ts'
import { query } from '../proof/observers/query.ts'
import { fault } from './fault.ts'

declare module './fault.ts' {
  interface Targets {
    /** The database session that stands at a closed gate. */
    session: {
      /** Undefined where no session came to the gate. */
      readonly waiting: Waiting | undefined
      /** Of the database. */
      readonly url: string
      /** What the gate is closed for. */
      readonly key: string
    }
  }
}

const THERE = 'SELECT 1 AS here FROM pg_stat_activity WHERE pid = $1'

/** The database ends the session that stands at the closed gate; what it was doing rolls back. */
export const sessionEnded = fault({
  id: 'end-session',
  phrase: 'the database ends the session',
  target: 'session',
  needs: {},
  inject: ({ waiting, url, key }, log) =>
    log.inject('end-session', key, 'pg_terminate_backend', async () => {
      if (!waiting) return undefined
      const { pid, applicationName } = waiting
      await query(url, 'SELECT pg_terminate_backend($1)', [pid])
      const gone = async () => (await query(url, THERE, [pid])).length === 0
      await until(gone, { what: `backend ${pid} to end`, deadline: 5_000 })
      return `backend ${pid} (${applicationName}) was ended by the server`
    }),
  heal: ({ key }, log) => log.heal('end-session', key, async () => true),
})
