import { counterexample, held, more, nameOf, stalled, subjectOf, unknown } from '../../../proof/findings.ts'
import { predicate } from '../predicate.ts'
import type { ExpectedEvent } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { type Waiting, waitedInQueue } from './queue.ts'
import { slotLossesOf } from './slot-loss.ts'
import { walRetention } from './wal-retention.ts'

/**
 * OA8. After the faults everything is published within the declared bound; one event that can't be published delays
 * no other aggregate, neither beyond `headOfLine` nor beyond twice what others wait that have nothing in front of them;
 * an idle publisher holds no WAL back.
 *
 * An event that waits for none but those before it, which are published as fast as ever, is not held up.
 *
 * The only predicate that reads clocks, and the only ones that it reads are ours: the time at which the commit, the
 * end of the last fault and the record were seen. What comes while a fault is in force is not judged, and each
 * fault, gate or process event starts the bound anew, so that slowness of the machine is not taken for a stall.
 */
export const steadyProgress = predicate({
  id: 'OA8',
  title: 'progress',
  claim: 'publishing goes on within its bound',
  promise:
    'After a fault everything is published within the declared time, and one bad row does not hold up others.',
  formal:
    'after the last fault everything is published within the declared time; one undeliverable row does not hold up other keys for longer than `headOfLine` and twice what they wait anyway; an idle slot does not retain WAL (in W26 others write meanwhile)',
  controls: ['P1'],
  violations: {
    'stalled-relay': {},
    'poisoned-relay': { leadsTo: ['stalled-relay'] },
    'wal-retention': {},
  },
  check(view) {
    const expected = view.expectedEvents()
    const poisons = expected.filter((event) => event.records.length === 0 && view.undeliverable(event))
    const { headOfLine, recovery } = view.plan.bounds
    const losses = slotLossesOf(view).filter(({ recovered }) => recovered !== undefined)
    const fellOut = ({ tx: { commitLsn } }: ExpectedEvent) =>
      losses.some(({ from, to }) => commitLsn >= from && commitLsn < to)
    const waits: Wait[] = []
    for (const event of expected) {
      // What is marked and absent is lost, not late, and so is what no slot was there for; what can never be published is
      // waited for by nobody.
      const isLost = event.mark !== undefined || fellOut(event)
      if (event.records.length === 0 && (isLost || view.undeliverable(event))) continue
      const waiting = waitingOf(event, view)
      if (waiting !== undefined)
        waits.push({
          ...waiting,
          milliseconds: waiting.to - waiting.from,
          poison: poisonBefore(event, poisons),
        })
    }
    // Who polls every ten seconds lets everybody wait for that long, whatever stands in front.
    const usual = waits
      .filter(({ event, poison }) => poison === undefined && event.records.length > 0)
      .reduce((longest, { milliseconds }) => Math.max(longest, milliseconds), 0)
    const until = view.disturbances.faults[0]?.armed.at ?? Number.POSITIVE_INFINITY
    const heldUp = (wait: Wait) => !waitedInQueue(wait, expected, { until, pause: headOfLine })
    const blocked = waits
      .filter(
        ({ milliseconds, poison }) =>
          poison !== undefined && milliseconds > Math.max(headOfLine, TIMES_THE_USUAL * usual),
      )
      .filter(heldUp)
    const stuck = waits.filter(({ milliseconds }) => milliseconds > recovery).filter(heldUp)
    const worst = blocked.length > 0 ? blocked : stuck
    if (worst[0] !== undefined) return late(worst[0], worst.length, view)
    const retention = walRetention(view)
    if (retention !== undefined) return stalled(this.id, 'wal-retention', retention)
    const open = view.unpublished().filter(({ mark }) => mark === undefined)
    if (open.length === 0) return held(this.id, expected.length)
    return unknown(
      this.id,
      `${open.length} events are not on the log, and the history ends before their bound`,
    )
  },
  /** A record comes after its bound, and everything behind it too. */
  mutation: {
    says: 'delay a record past the recovery bound',
    names: ['stalled-relay', 'poisoned-relay'],
    apply(view) {
      const record = view.expectedEvents().findLast(({ tx, records }) => {
        const first = records[0]
        if (first === undefined || first.expected?.tx !== tx || first.record.seq < tx.event.seq) return false
        const last = view.disturbances.before(first.record.seq)
        return last === undefined || (last.active === 0 && last.seq < first.record.seq)
      })?.records[0]?.record
      if (record === undefined) return undefined
      const late = Math.max(view.plan.bounds.recovery, view.plan.bounds.headOfLine) + 1000
      return view.events.map((event) => (event.seq < record.seq ? event : { ...event, at: event.at + late }))
    },
  },
})

const TIMES_THE_USUAL = 2

interface Wait extends Waiting {
  readonly milliseconds: number
  readonly poison: ExpectedEvent | undefined
}

function late({ event, milliseconds, poison }: Wait, count: number, view: PublisherView) {
  const behind = poison === undefined ? '' : ` behind ${nameOf(poison)}, which cannot be published`
  const { headOfLine, recovery } = view.plan.bounds
  const bound =
    poison === undefined ? `recoverWithin: ${recovery / 1000} s` : `headOfLine: ${headOfLine / 1000} s`
  const says = `${nameOf(event)} waited ${(milliseconds / 1000).toFixed(1)} s${behind} (${bound})${more(count)}`
  const seqs = [
    poison?.tx.event.seq,
    event.tx.event.seq,
    event.records[0]?.record.seq ?? view.events.at(-1)?.seq,
  ]
  const name = poison === undefined ? 'stalled-relay' : 'poisoned-relay'
  return stalled('OA8', name, counterexample(says, seqs, subjectOf(event), 'C'))
}

/** From the commit, or from the last disturbance, to the record or to the end; undefined where a fault was in force. */
function waitingOf(event: ExpectedEvent, view: PublisherView): Waiting | undefined {
  const { disturbances } = view
  const record = event.records[0]?.record
  if (record === undefined) {
    if (event.parked !== undefined || disturbances.stillActive) return undefined
    return { event, from: Math.max(event.tx.event.at, disturbances.allHealed?.at ?? 0), to: view.lastAt }
  }
  const last = disturbances.before(record.seq)
  if (last !== undefined && last.active > 0) return undefined
  return { event, from: Math.max(event.tx.event.at, last?.at ?? 0), to: record.at }
}

/** An undeliverable event of another aggregate that was committed before this one and pending at its commit. */
function poisonBefore(event: ExpectedEvent, poisons: readonly ExpectedEvent[]): ExpectedEvent | undefined {
  return poisons.find(
    ({ key, tx, parked }) =>
      key !== event.key &&
      tx.commitLsn < event.tx.commitLsn &&
      (parked?.seq ?? Number.POSITIVE_INFINITY) > event.tx.event.seq,
  )
}
