import { DeadlinePassed, until } from '../../core/until.ts'
import { query } from '../../proof/observers/query.ts'
import type { Laboratory } from './testbed/publisher-testbed.ts'
import type { Bite } from '../window.ts'

/** SIGKILL of the first relay, and its restart. */
export const killRelay: Bite = {
  says: 'the relay is killed',
  instruments: ['kill'],
  needs: { capabilities: ['kill-service'] },
  strike: (lab) => lab.instruments.kill(lab.relay),
  recover: (lab) => lab.instruments.restart(lab.relay),
}

/** SIGKILL of the relay that stands at the mark gate; it comes back when another one has marked the row. */
export const killRelayAtWork: Bite = {
  says: 'the relay at work is killed',
  instruments: ['kill'],
  needs: { capabilities: ['kill-service'] },
  strike: (lab) => lab.instruments.kill(lab.relayAtGate),
  async recover(lab) {
    await lab.marked().catch((error) => {
      // That nobody took over is what the window and the checkers tell.
      if (!(error instanceof DeadlinePassed)) throw error
    })
    await lab.instruments.restart(lab.parts.relays.find((relay) => !relay.running) ?? lab.relay)
  },
}

/** SIGKILL of the service that takes commands, and its restart. */
export const killService: Bite = {
  says: 'the service is killed',
  instruments: ['kill'],
  needs: { capabilities: ['kill-service'] },
  strike: (lab) => lab.instruments.kill(lab.parts.service),
  recover: (lab) => lab.instruments.restart(lab.parts.service),
}

/** The database ends the session that stands at the closed gate; what it was doing rolls back. */
export const endSession: Bite = {
  says: 'the database ends the session',
  instruments: ['end-session'],
  needs: {},
  async strike(lab) {
    const waiting = lab.waitingAtGate
    await lab.instruments.strike('end-session', lab.markedKey, 'pg_terminate_backend', async () => {
      if (!waiting) return undefined
      await query(lab.database.url, 'SELECT pg_terminate_backend($1)', [waiting.pid])
      await until(
        async () =>
          (
            await query(lab.database.url, 'SELECT 1 AS here FROM pg_stat_activity WHERE pid = $1', [
              waiting.pid,
            ])
          ).length === 0,
        {
          what: `backend ${waiting.pid} to end`,
          deadline: 5_000,
        },
      )
      return `backend ${waiting.pid} (${waiting.applicationName}) was ended by the server`
    })
  },
  async recover(lab) {
    await lab.instruments.clear('end-session', lab.markedKey, async () => true)
  },
}

/** The database server dies without a checkpoint and comes back. */
export const crashDatabase: Bite = {
  says: 'the database crashes',
  instruments: ['crash-database'],
  needs: { capabilities: ['kill-postgres'], ownServer: true },
  strike: (lab) => lab.instruments.crash(lab.database),
  recover: (lab) => lab.instruments.recover(lab.database),
}

/** The relay's connector and its task are restarted through Connect. */
export const restartConnector: Bite = {
  says: 'the connector is restarted',
  instruments: ['restart-connector'],
  needs: { capabilities: ['debezium'] },
  async strike(lab) {
    const { connector } = lab.parts
    await lab.instruments.strike(
      'restart-connector',
      connector?.name ?? '',
      'restart of connector and task',
      async () => {
        const holder = await noteHolder(lab)
        await connector?.restartTask()
        return `the connector was told to restart while backend ${holder} held its slot`
      },
    )
  },
  async recover(lab) {
    const { connector } = lab.parts
    await lab.instruments.clear('restart-connector', connector?.name ?? '', () =>
      capturingAgain(lab, 'connector.restarted', true),
    )
  },
}

/** The database ends the session that streams the WAL to the connector. */
export const endStream: Bite = {
  says: 'the database ends the connector’s stream',
  instruments: ['end-session'],
  needs: { capabilities: ['debezium'] },
  async strike(lab) {
    const slot = lab.publisher.slot ?? ''
    await lab.instruments.strike('end-session', slot, 'pg_terminate_backend of the walsender', async () => {
      const holder = await noteHolder(lab)
      if (holder === undefined) return undefined
      await query(lab.database.url, 'SELECT pg_terminate_backend($1)', [holder])
      return `walsender ${holder} was ended by the server`
    })
  },
  async recover(lab) {
    await lab.instruments.clear('end-session', lab.publisher.slot ?? '', () =>
      capturingAgain(lab, 'stream.restarted', true),
    )
  },
}

/** SIGKILL of the Connect worker, and its restart. */
export const killConnect: Bite = {
  says: 'Connect is killed',
  instruments: ['kill-connect'],
  needs: { capabilities: ['kill-connect'], exclusive: 'connect' },
  async strike(lab) {
    await lab.instruments.strike('kill-connect', 'connect', 'SIGKILL', async () => {
      await lab.parts.connect?.kill()
      return 'the Connect worker was ended with SIGKILL'
    })
  },
  async recover(lab) {
    await lab.instruments.clear('kill-connect', 'connect', async () => {
      const last = lab.trial === lab.plan.trials
      await lab.parts.connect?.restart({ offsetFlushInterval: last ? USUAL_FLUSH : RARE_FLUSH })
      return capturingAgain(lab, 'connect.restarted')
    })
  },
}

/** Milliseconds between two flushes of Connect's offsets when a scenario wants them to lag: Connect's own default. */
export const RARE_FLUSH = 60_000
/** What the stack starts its worker with. */
const USUAL_FLUSH = 1_000

/**
 * Captures again; with `anew` through another backend than before, for the old one may linger a moment.
 * Who holds the slot is written down from the look that saw it: Debezium may let go of it once more.
 */
async function capturingAgain(lab: Laboratory, fact: string, anew = false): Promise<boolean> {
  const { connector } = lab.parts
  const before = lab.history.all('fact').findLast(({ name }) => name === 'slot.holder')?.value
  const holder = await connector?.capturing(30_000, anew && typeof before === 'number' ? before : undefined)
  lab.history.record({ kind: 'fact', name: fact, subject: connector?.name ?? '', value: true })
  recordHolder(lab, holder)
  return true
}

/** Which backend streams, written down as a fact. */
async function noteHolder(lab: Laboratory): Promise<number | undefined> {
  const holder = await lab.parts.connector?.capturing(30_000)
  recordHolder(lab, holder)
  return holder
}

function recordHolder(lab: Laboratory, holder: number | undefined): void {
  const subject = lab.publisher.slot ?? ''
  lab.history.record({ kind: 'fact', name: 'slot.holder', subject, value: holder ?? null })
}
