import { until } from '../../../core/until.ts'
import { query } from '../../../proof/observers/query.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'

/** Milliseconds in which a session that is ended is gone. */
const GONE = 5_000

/**
 * Opens the mark gate. Whoever was killed before it, or as it stood there, has not sent its mark: its session is ended
 * first. A server that hears nothing of the death of a client would carry out the statement of a dead one, and commit it
 * where no COMMIT has to follow.
 */
export async function openMarkGate(testbed: PublisherTestbed): Promise<void> {
  const { gates, markedKey, waitingAtGate, parts } = testbed
  // Who was killed is who stood there: by the door of a dead one nobody finds it any more.
  const isDead = parts.relays.some(({ running }) => !running)
  if (waitingAtGate !== undefined && isDead) await endSession(testbed, waitingAtGate.pid)
  await gates.open('mark', markedKey)
}

/** Where the server can't be asked, it is gone with all of its sessions. */
async function endSession({ database }: PublisherTestbed, pid: number): Promise<void> {
  const url = database.url('host')
  const gone = async () => {
    const [row] = await query(url, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1', [
      pid,
    ])
    return row === undefined
  }
  await until(gone, { what: `backend ${pid} to end`, deadline: GONE, every: 20 }).catch(() => {})
}
