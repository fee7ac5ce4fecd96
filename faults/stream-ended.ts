import { query } from '../proof/observers/query.ts'
import { capturingAgain, noteHolder } from './capture.ts'
import { fault } from './fault.ts'

/** The database ends the session that streams the WAL to the connector. */
export const streamEnded = fault({
  id: 'end-session',
  phrase: 'the database ends the stream',
  target: 'connector',
  needs: { capabilities: ['debezium'] },
  inject: (capture, log) =>
    log.inject('end-session', capture.slot, 'pg_terminate_backend of the walsender', async () => {
      const holder = await noteHolder(capture)
      if (holder === undefined) return undefined
      await query(capture.url, 'SELECT pg_terminate_backend($1)', [holder])
      return `walsender ${holder} was ended by the server`
    }),
  heal: (capture, log) =>
    log.heal('end-session', capture.slot, () => capturingAgain(capture, 'stream', true)),
})
