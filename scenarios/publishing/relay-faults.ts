import { DeadlinePassed, until } from '../../core/until.ts'
import { query } from '../../proof/observers/query.ts'
import type { Fault } from '../window.ts'
import type { PublisherTestbed } from './testbed/publisher-testbed.ts'

/** SIGKILL of the first relay, and its restart. */
export const killRelay: Fault = {
  says: 'the relay is killed',
  faults: ['kill'],
  needs: { capabilities: ['kill-service'] },
  inject: (testbed) => testbed.faults.kill(testbed.relay),
  heal: (testbed) => testbed.faults.restart(testbed.relay),
}

/** SIGKILL of the relay that stands at the mark gate; it comes back when another one has marked the row. */
export const killRelayAtWork: Fault = {
  says: 'the relay at work is killed',
  faults: ['kill'],
  needs: { capabilities: ['kill-service'] },
  inject: (testbed) => testbed.faults.kill(testbed.relayAtGate),
  async heal(testbed) {
    await testbed.marked().catch((error) => {
      // That nobody took over is what the window and the predicates tell.
      if (!(error instanceof DeadlinePassed)) throw error
    })
    await testbed.faults.restart(testbed.parts.relays.find((relay) => !relay.running) ?? testbed.relay)
  },
}

/** SIGKILL of the service that takes commands, and its restart. */
export const killService: Fault = {
  says: 'the service is killed',
  faults: ['kill'],
  needs: { capabilities: ['kill-service'] },
  inject: (testbed) => testbed.faults.kill(testbed.parts.service),
  heal: (testbed) => testbed.faults.restart(testbed.parts.service),
}

/** The database ends the session that stands at the closed gate; what it was doing rolls back. */
export const endSession: Fault = {
  says: 'the database ends the session',
  faults: ['end-session'],
  needs: {},
  async inject(testbed) {
    const waiting = testbed.waitingAtGate
    await testbed.faults.inject('end-session', testbed.markedKey, 'pg_terminate_backend', async () => {
      if (!waiting) return undefined
      await query(testbed.database.url, 'SELECT pg_terminate_backend($1)', [waiting.pid])
      await until(
        async () =>
          (
            await query(testbed.database.url, 'SELECT 1 AS here FROM pg_stat_activity WHERE pid = $1', [
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
  async heal(testbed) {
    await testbed.faults.heal('end-session', testbed.markedKey, async () => true)
  },
}

/** The database server dies without a checkpoint and comes back. */
export const crashDatabase: Fault = {
  says: 'the database crashes',
  faults: ['crash-database'],
  needs: { capabilities: ['kill-postgres'], ownServer: true },
  inject: (testbed) => testbed.faults.crash(testbed.database),
  heal: (testbed) => testbed.faults.healDatabase(testbed.database),
}

/** The relay's connector and its task are restarted through Connect. */
export const restartConnector: Fault = {
  says: 'the connector is restarted',
  faults: ['restart-connector'],
  needs: { capabilities: ['debezium'] },
  async inject(testbed) {
    const { connector } = testbed.parts
    await testbed.faults.inject(
      'restart-connector',
      connector?.name ?? '',
      'restart of connector and task',
      async () => {
        const holder = await noteHolder(testbed)
        await connector?.restartTask()
        return `the connector was told to restart while backend ${holder} held its slot`
      },
    )
  },
  async heal(testbed) {
    const { connector } = testbed.parts
    await testbed.faults.heal('restart-connector', connector?.name ?? '', () =>
      capturingAgain(testbed, 'connector.restarted', true),
    )
  },
}

/** The database ends the session that streams the WAL to the connector. */
export const endStream: Fault = {
  says: 'the database ends the connector’s stream',
  faults: ['end-session'],
  needs: { capabilities: ['debezium'] },
  async inject(testbed) {
    const slot = testbed.publisher.slot ?? ''
    await testbed.faults.inject('end-session', slot, 'pg_terminate_backend of the walsender', async () => {
      const holder = await noteHolder(testbed)
      if (holder === undefined) return undefined
      await query(testbed.database.url, 'SELECT pg_terminate_backend($1)', [holder])
      return `walsender ${holder} was ended by the server`
    })
  },
  async heal(testbed) {
    await testbed.faults.heal('end-session', testbed.publisher.slot ?? '', () =>
      capturingAgain(testbed, 'stream.restarted', true),
    )
  },
}

/** SIGKILL of the Connect worker, and its restart. */
export const killConnect: Fault = {
  says: 'Connect is killed',
  faults: ['kill-connect'],
  needs: { capabilities: ['kill-connect'], exclusive: 'connect' },
  async inject(testbed) {
    await testbed.faults.inject('kill-connect', 'connect', 'SIGKILL', async () => {
      await testbed.parts.connect?.kill()
      return 'the Connect worker was ended with SIGKILL'
    })
  },
  async heal(testbed) {
    await testbed.faults.heal('kill-connect', 'connect', async () => {
      const last = testbed.trial === testbed.plan.trials
      await testbed.parts.connect?.restart({ offsetFlushInterval: last ? USUAL_FLUSH : RARE_FLUSH })
      return capturingAgain(testbed, 'connect.restarted')
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
async function capturingAgain(testbed: PublisherTestbed, fact: string, anew = false): Promise<boolean> {
  const { connector } = testbed.parts
  const before = testbed.history.all('fact').findLast(({ name }) => name === 'slot.holder')?.value
  const holder = await connector?.capturing(30_000, anew && typeof before === 'number' ? before : undefined)
  testbed.history.record({ kind: 'fact', name: fact, subject: connector?.name ?? '', value: true })
  recordHolder(testbed, holder)
  return true
}

/** Which backend streams, written down as a fact. */
async function noteHolder(testbed: PublisherTestbed): Promise<number | undefined> {
  const holder = await testbed.parts.connector?.capturing(30_000)
  recordHolder(testbed, holder)
  return holder
}

function recordHolder(testbed: PublisherTestbed, holder: number | undefined): void {
  const subject = testbed.publisher.slot ?? ''
  testbed.history.record({ kind: 'fact', name: 'slot.holder', subject, value: holder ?? null })
}
