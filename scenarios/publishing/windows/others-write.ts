import { OTHER_WRITES } from '../../../faults/testbed-faults.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { query } from '../../../proof/observers/query.ts'
import { isPublisherPlan } from '../plan.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import { window } from '../window.ts'

/** Rows of 32 kB that do not compress: together 3 MB of WAL. */
const WRITE = `
  CREATE TABLE IF NOT EXISTS eventproof.others (text text);
  INSERT INTO eventproof.others
  SELECT string_agg(md5(random()::text || row || n), '')
    FROM generate_series(1, 100) AS row, generate_series(1, 1000) AS n GROUP BY row`

async function endOfLog(url: string): Promise<number> {
  const [row] = await query(url, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn AS lsn")
  return Number(row?.lsn)
}

interface Idle {
  readonly id: string
  readonly phrase: string
  readonly title: string
  readonly held: string
  /** What is done before others write, by faults of these names. */
  readonly before?: { readonly faults: readonly string[]; act(testbed: PublisherTestbed): Promise<void> }
}

/**
 * A table that no publication knows gets a few megabytes; then nothing happens for longer than the recovery bound. A
 * connector that confirms its position only with events of its own keeps all of that WAL.
 */
export function idleWindow({ id, phrase, title, held, before }: Idle) {
  return window({
    id,
    phrase,
    title,
    held,
    shown:
      'the writes, and samples of the slot further apart than the bound with no commit and no record between',
    needs: { capabilities: ['debezium', 'create-trigger'] },
    faults: [...(before?.faults ?? []), 'other-writes'],
    alone: true,
    once: true,
    async enter(testbed) {
      await before?.act(testbed)
      const { name } = testbed.database
      await testbed.faults.inject(OTHER_WRITES, name, 'others write', async () => {
        await query(testbed.database.url('host'), WRITE)
        return '3 MB were written to another table'
      })
      await testbed.faults.heal(OTHER_WRITES.name, name, async () => true)
      await testbed.parts.slot?.sample()
      const written = await endOfLog(testbed.database.url('host'))
      // What was under way before may still move the slot on, and a bound has to pass behind that, too.
      for (const _again of [1, 2]) {
        await testbed.hold(testbed.plan.bounds.recovery + 1_000)
        const slot = await testbed.parts.slot?.sample()
        if (slot === undefined || slot.confirmedFlushLsn >= written) break
      }
      await testbed.parts.commits.fence()
    },
    entered(trial) {
      const written = trial.first('fault.took-effect', ({ fault }) => fault === 'other-writes')
      const plan = trial.history.find((event) => event.kind === 'scenario.plan')?.plan
      if (!written || !plan || !isPublisherPlan(plan)) return undefined
      const busy = (event: (typeof trial.events)[number]) =>
        event.kind === 'pg.tx' || event.kind === 'k.record'
      const until = trial.events.find((event) => event.seq > written.seq && busy(event))?.seq
      const looks = trial.events.filter(
        (event): event is EventOf<'pg.slot'> =>
          event.kind === 'pg.slot' &&
          event.seq > written.seq &&
          event.seq < (until ?? Number.POSITIVE_INFINITY),
      )
      const [first] = looks
      const last = looks.at(-1)
      if (!first || !last || last.at - first.at <= plan.bounds.recovery) return undefined
      return {
        grade: 'A',
        says: `${written.evidence}, and nothing was committed or published for ${Math.round((last.at - first.at) / 1000)} s`,
        events: [written.seq, first.seq, last.seq],
      }
    },
    async release() {},
  })
}
