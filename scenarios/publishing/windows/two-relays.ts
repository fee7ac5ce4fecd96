import { until } from '../../../core/until.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Fact } from '../../../proof/history/recorded-fact.ts'
import { query } from '../../../proof/observers/query.ts'
import { claimOf } from '../../../proof/observers/session-claims.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import { markedKey } from '../../marked-key.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import { recordsAbout } from '../view/about.ts'
import type { ExpectedEvent } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { window } from '../window.ts'
import { committed, othersPublished, published } from './marked.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** The backend by which a relay holds what it claimed. */
    'session.holds': number
    /** The backend of the first relay that held a lock, or a transaction, while nobody published. */
    'session.leads': number
    /** The backend of another relay that held an advisory lock while the first one held nothing. */
    'session.leads-instead': number
  }
}

/** Changes of the marked aggregate in a trial: whoever claims first decides it, so both get some of them. */
const CHANGES = 6

/**
 * W8: two relays work on one outbox, and one of them stands still with rows that it has claimed.
 *
 * The first relay's link swallows requests: what it has claimed it can't publish. The second relay is not hurt.
 * Changes of one aggregate that come one after the other then meet both relays.
 */
export const twoRelays = window({
  id: 'W8',
  phrase: 'one of two relays is stuck with its work',
  title: 'two relays, one stuck with what it claimed',
  held: "requests swallowed on the first relay's link",
  shown: 'the other published meanwhile, and the aggregate changed',
  needs: { capabilities: ['links'], links: ['relay→kafka'], relays: 2 },
  faults: ['link'],
  async enter(testbed) {
    const link = testbed.link('relay→kafka')
    await testbed.faults.blackhole(link, 'requests')
    for (let change = 0; change < CHANGES; change++) {
      await testbed.load.place(testbed.markedKey)
      const { command } = await testbed.load.place(
        testbed.otherKeys[change % testbed.otherKeys.length] ?? testbed.otherKey,
      )
      await testbed.announced(command, 300).catch(() => {})
    }
    const before = await holding(testbed)
    if (before === undefined) await noteOtherLeader(testbed)
    const from = before?.seq ?? testbed.trialBegan
    await testbed.patience
      .until('a record from the relay that is not hurt', () => othersStored(testbed, from))
      .catch(async (error) => {
        await noteLeader(testbed)
        throw error
      })
    const after = await holding(testbed)
    if (after === undefined) await noteOtherLeader(testbed)
    if (before !== undefined && after?.value === before.value)
      return testbed.faults.swallowed(
        link,
        `backend ${after.value} of the first relay held what it can't send`,
      )
    await testbed.log.fence()
    const behind = testbed.view.unpublished().length
    if (behind > 0) testbed.faults.swallowed(link, `${behind} events stayed behind`)
  },
  entered(trial) {
    const tx = committed(trial)
    const hole = trial.first('fault.injected', (event) => event.fault === 'link')
    const tookEffect = trial.first('fault.took-effect', (event) => event.fault === 'link')
    const healed = trial.first('fault.healed', (event) => event.fault === 'link')
    if (!tx || !hole || !tookEffect || !healed) return undefined
    const others = othersPublished(trial, hole.seq).filter(({ seq }) => seq < healed.seq)
    const first = others[0]
    const claim = first && claimed(trial, hole.seq, healed.seq, others)
    if (!first || !claim) return undefined
    return {
      grade: claim.grade,
      says: `${claim.says} while the other relay published ${others.length} events; ${markedKey(trial)} changed meanwhile`,
      events: [hole.seq, tx.seq, first.seq, ...claim.events, healed.seq],
    }
  },
  excluded(trial) {
    return heldByTheFirst(trial) ?? heldByTheOther(trial)
  },
  release: (testbed) => testbed.faults.healLink(testbed.link('relay→kafka')),
})

/** The relay that is hurt leads: while it stands still nobody publishes. */
function heldByTheFirst(trial: Trial<PublisherView>): Entry | undefined {
  const tx = committed(trial)
  const hole = trial.first('fault.injected', (event) => event.fault === 'link')
  const healed = trial.first('fault.healed', (event) => event.fault === 'link')
  const [before] = trial.facts('session.holds')
  const [leads] = trial.facts('session.leads')
  if (!tx || !hole || !healed || !before || !leads || before.value !== leads.value) return undefined
  const inHole = ({ seq }: { readonly seq: number }) => seq > before.seq && seq < healed.seq
  const first = published(trial, healed.seq)
  if (!first || published(trial, before.seq) !== first || othersPublished(trial, before.seq).some(inHole))
    return undefined
  return {
    grade: 'A',
    says: `only one of its relays works at a time: backend ${leads.value} of the first one held its lock all the while, and nobody published`,
    events: [hole.seq, tx.seq, before.seq, leads.seq, healed.seq, first.seq],
  }
}

/** Another one leads: the one that is hurt has claimed nothing that could stand still. */
function heldByTheOther(trial: Trial<PublisherView>): Entry | undefined {
  const tx = committed(trial)
  const hole = trial.first('fault.injected', (event) => event.fault === 'link')
  const [before, after] = trial.facts('session.leads-instead')
  if (!tx || !hole || !before || before.value !== after?.value) return undefined
  if (trial.facts('session.holds').length > 0) return undefined
  return {
    grade: 'B',
    says: `only one of its relays works at a time: backend ${before.value} of the other one held an advisory lock whenever it was looked at, and the first one claimed nothing`,
    events: [hole.seq, tx.seq, before.seq, after.seq],
  }
}

function othersStored({ view, markedKey }: PublisherTestbed, from: number): boolean {
  const marked = new Set(recordsAbout(markedKey, view))
  return view.records.some((record) => record.record.seq > from && !marked.has(record))
}

/** The first relay still holds what others need, and they publish nothing: written down, with its backend. */
async function noteLeader(testbed: PublisherTestbed): Promise<void> {
  const claim = await firstClaim(testbed)
  if (claim === undefined || (claim.holds === 'transaction' && !(await isWaitedFor(testbed, claim.pid))))
    return
  testbed.history.record({
    kind: 'fact',
    name: 'session.leads',
    subject: testbed.relay.name,
    value: claim.pid,
  })
}

/** Rows that are locked keep another relay from its work only where it waits for them. */
async function isWaitedFor({ database }: PublisherTestbed, pid: number): Promise<boolean> {
  const waiting =
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND $1 = ANY (pg_blocking_pids(pid)) LIMIT 1'
  return (await query(database.url('host'), waiting, [pid])).length > 0
}

/** Another relay holds an advisory lock: written down, with its backend. */
async function noteOtherLeader(testbed: PublisherTestbed): Promise<void> {
  const claim = await claimIn(testbed, 1)
  if (claim?.holds !== 'advisory lock') return
  const { name } = testbed.relay
  testbed.history.record({ kind: 'fact', name: 'session.leads-instead', subject: name, value: claim.pid })
}

/** What a session of the first relay holds. */
function firstClaim(testbed: PublisherTestbed) {
  return claimIn(testbed, 0)
}

function claimIn({ database, parts }: PublisherTestbed, relay: number) {
  return claimOf(database.url('host'), parts.doors[relay]?.sessions ?? { pids: [], ports: [] })
}

/** Waits a moment for the first relay to hold something, and writes down which of its backends does. */
async function holding(testbed: PublisherTestbed): Promise<Fact<'session.holds'> | undefined> {
  const subject = testbed.relay.name
  const claim = await until(() => firstClaim(testbed), {
    what: `a claim of ${subject}`,
    deadline: testbed.reach / 5,
    every: 20,
  }).catch(() => undefined)
  if (claim === undefined) return undefined
  return testbed.history.record({ kind: 'fact', name: 'session.holds', subject, value: claim.pid })
}

/**
 * What shows that the first relay had claimed something: one backend of it held its locks before and after another
 * relay's record. Else a row that somebody changed and that is not on the log when the link heals (a lease); and where
 * relays leave no trace of a claim, an event that stays behind while younger ones are published.
 */
function claimed(
  trial: Trial<PublisherView>,
  from: number,
  to: number,
  others: readonly EventOf<'k.record'>[],
): Entry | undefined {
  const [before, after] = trial.facts('session.holds')
  const between = others.find(({ seq }) => seq > (before?.seq ?? to) && seq < (after?.seq ?? from))
  if (before && after && between && before.value === after.value) {
    return {
      grade: 'A',
      says: `backend ${before.value} of the first relay held what it had claimed`,
      events: [before.seq, after.seq],
    }
  }
  const behind = stayedBehind(trial, from, to)
  const leased = behind.find(({ touched }) => touched)
  if (leased) return { grade: 'A', says: 'a row was claimed', events: [leased.tx.event.seq] }
  const passed = behind.find(({ tx }) => others.some(({ seq }) => seq > tx.event.seq))
  return passed && { grade: 'B', says: 'an event stayed behind', events: [passed.tx.event.seq] }
}

/** Events that were committed while the link was hurt and were not on the log when it healed. */
function stayedBehind(trial: Trial<PublisherView>, from: number, to: number): readonly ExpectedEvent[] {
  return trial.view
    .expectedEvents()
    .filter(
      ({ tx, records }) =>
        tx.event.seq > from && tx.event.seq < to && (records[0]?.record.seq ?? Number.POSITIVE_INFINITY) > to,
    )
}
