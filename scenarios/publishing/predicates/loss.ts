import { counterexample, nameOf, subjectOf } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { ExpectedEvent } from '../view/expected-event.ts'
import { pendingIn } from '../view/pending.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { type SlotLoss, slotLossesOf } from './slot-loss.ts'

/** Why an event that is not on the log will not come any more. */
export interface Loss {
  readonly name: LossName
  readonly event: ExpectedEvent
  readonly counterexample: ReturnType<typeof counterexample>
}

/** Milliseconds from a relay's look at the table to the timestamps of the records that it sends then. */
const READ_BEFORE = 100

/** From the most telling to the least. */
export const LOSS_NAMES = [
  'lost-after-mark',
  'unrecoverable-after-slot-loss',
  'skipped-late-commit',
  'lost-event',
] as const
export type LossName = (typeof LOSS_NAMES)[number]

/** Looks for completion evidence: what shows that the publisher is through with an event that is not on the log. */
export class LossEvidence {
  readonly #view: PublisherView
  readonly #losses: readonly SlotLoss[]
  /** Faults are over from here on; undefined while one is in force. */
  readonly #cleared: { readonly seq: number; readonly at: number } | undefined
  /** By key, the last event that was committed after the faults: on the log, and at all. */
  readonly #sentinels = new Map<string, ExpectedEvent>()
  readonly #lastAfter = new Map<string, ExpectedEvent>()
  /** How many events of a key are not on the log. */
  readonly #missing = new Map<string, number>()
  readonly #isPending: (event: ExpectedEvent) => boolean

  constructor(view: PublisherView) {
    this.#view = view
    this.#losses = slotLossesOf(view)
    this.#isPending = pendingIn(view)
    const { disturbances } = view
    this.#cleared = disturbances.stillActive ? undefined : (disturbances.allHealed ?? { seq: 0, at: 0 })
    const from = Math.max(
      this.#cleared?.seq ?? Number.POSITIVE_INFINITY,
      view.phase('control-after')?.seq ?? 0,
    )
    for (const event of view.expectedEvents()) {
      if (event.key === undefined || view.undeliverable(event)) continue
      if (event.records.length === 0) this.#missing.set(event.key, (this.#missing.get(event.key) ?? 0) + 1)
      if (event.tx.event.seq <= from) continue
      this.#lastAfter.set(event.key, event)
      if (event.records.length > 0) this.#sentinels.set(event.key, event)
    }
  }

  /** Undefined where it may still come. */
  lossOf(event: ExpectedEvent): Loss | undefined {
    return (
      this.#marked(event) ??
      this.#dropped(event) ??
      this.#slotLost(event) ??
      this.#flushed(event) ??
      this.#parked(event) ??
      this.#overtaken(event)
    )
  }

  /** A whole recovery bound passed since it was committed and all faults were over. */
  overdue(event: ExpectedEvent): boolean {
    if (this.#cleared === undefined) return false
    const since = Math.max(event.tx.event.at, this.#cleared.at)
    return this.#view.lastAt - since >= this.#view.plan.bounds.recovery
  }

  #marked(event: ExpectedEvent): Loss | undefined {
    const { mark } = event
    if (mark === undefined || !this.#view.coverage.logReadSince(mark.seq)) return undefined
    const how = mark.how === 'published' ? 'marked published' : 'deleted from the outbox'
    return this.#loss('lost-after-mark', event, `was ${how} by transaction ${mark.xid}`, [mark.seq])
  }

  /** Its row was there when the service dropped its tables and made them anew, as some do when they start. */
  #dropped(event: ExpectedEvent): Loss | undefined {
    const { outbox } = this.#view.plan.publisher
    if (outbox === undefined || event.source !== 'outbox') return undefined
    const isOutbox = isCalled(outbox.table)
    const made = factsOf(this.#view.facts, 'table.made').find(
      ({ seq, subject, value }) => value === 'anew' && isOutbox(subject) && seq > event.tx.event.seq,
    )
    if (made === undefined || !this.#view.coverage.logReadSince(made.seq)) return undefined
    const says = `was in table '${outbox.table}' when it was dropped and made anew`
    return this.#loss('lost-event', event, says, [made.seq])
  }

  #slotLost(event: ExpectedEvent): Loss | undefined {
    const { commitLsn } = event.tx
    const loss = this.#losses.find(({ from, to }) => commitLsn >= from && commitLsn < to)
    if (loss?.recovered === undefined || !this.#view.coverage.logReadSince(loss.recovered.seq))
      return undefined
    const { seq, at } = loss.recovered
    const resumed = this.#view
      .expectedEvents()
      .some(({ tx, records }) => tx.commitLsn >= loss.to && records.length > 0)
    if (!resumed && this.#view.lastAt - at < this.#view.plan.bounds.recovery) return undefined
    const says = `was committed while the replication slot was lost, and the new slot begins behind it`
    return this.#loss('unrecoverable-after-slot-loss', event, says, [loss.seq, seq])
  }

  #flushed(event: ExpectedEvent): Loss | undefined {
    const { commitLsn } = event.tx
    const passed = this.#view.slots.find(
      (slot): slot is EventOf<'pg.slot'> => (slot.confirmedFlushLsn ?? -1) > commitLsn,
    )
    if (passed === undefined || !this.#view.coverage.logReadSince(passed.seq)) return undefined
    const says = `was confirmed as done: slot ${passed.slot} is flushed to ${passed.confirmedFlushLsn}, past its commit at ${commitLsn}`
    return this.#loss('lost-event', event, says, [passed.seq])
  }

  #parked(event: ExpectedEvent): Loss | undefined {
    const { parked } = event
    if (parked === undefined || !this.#view.coverage.logReadSince(parked.seq)) return undefined
    return this.#loss('lost-event', event, 'was given up (parked), although it could be published', [
      parked.seq,
    ])
  }

  /** Grade C: what was committed later and took the same way is there, and there was time enough. */
  #overtaken(event: ExpectedEvent): Loss | undefined {
    const sentinels = this.#sentinelsFor(event)
    const last = sentinels[0]?.records[0]?.record.seq
    if (last === undefined || !this.overdue(event) || !this.#view.coverage.logReadSince(last))
      return undefined
    const seqs = sentinels.flatMap(({ tx, records }) => [tx.event.seq, records[0]?.record.seq])
    const passer = this.#passedBefore(event)
    if (passer !== undefined && (!this.#isPending(event) || wasSeenBefore(passer, event))) {
      const says = `was committed after ${nameOf(passer)}, which is newer by its id and was published first; it was skipped`
      return this.#loss(
        'skipped-late-commit',
        event,
        says,
        [passer.tx.event.seq, passer.records[0]?.record.seq, ...seqs],
        'C',
      )
    }
    // It may yet come.
    if (this.#isPending(event)) return undefined
    return this.#loss('lost-event', event, 'was overtaken by what was committed after all faults', seqs, 'C')
  }

  /**
   * A later event of the same aggregate where there is one. Else three others, unless more of the aggregate is
   * missing: then the relay may hold it back as a whole, and nothing is lost yet.
   */
  #sentinelsFor(event: ExpectedEvent): readonly ExpectedEvent[] {
    const later = (other: ExpectedEvent | undefined): other is ExpectedEvent =>
      other !== undefined && other.tx.commitLsn > event.tx.commitLsn
    if (event.key !== undefined) {
      const same = this.#sentinels.get(event.key)
      if (later(same)) return [same]
      if (later(this.#lastAfter.get(event.key)) || (this.#missing.get(event.key) ?? 0) > 1) return []
    }
    const others: ExpectedEvent[] = []
    for (const other of this.#sentinels.values()) {
      if (later(other) && others.push(other) === 3) return others
    }
    return []
  }

  /** A row that is younger by id, was committed earlier and was sent when this one was not committed yet, or hardly. */
  #passedBefore(event: ExpectedEvent): ExpectedEvent | undefined {
    if (event.source !== 'outbox' || event.touched) return undefined
    return this.#view
      .expectedEvents()
      .find(
        (other) =>
          other.tx.commitLsn < event.tx.commitLsn &&
          other.source === 'outbox' &&
          isYounger(other, event) &&
          wasSentBefore(other, event),
      )
  }

  #loss(
    name: LossName,
    event: ExpectedEvent,
    how: string,
    events: readonly (number | undefined)[],
    grade: 'A' | 'C' = 'A',
  ): Loss {
    const { topic } = this.#view.plan.publisher
    const says = `${nameOf(event)} is not on ${topic}, and ${how}`
    const seqs = [event.tx.event.seq, ...events, this.#view.coverage.endSeqs.at(-1)]
    return { name, event, counterexample: counterexample(says, seqs, subjectOf(event), grade) }
  }
}

/** A row that still waits may be locked by somebody, so that nothing less shows that it was passed. */
function wasSeenBefore({ records: [first] }: ExpectedEvent, { tx }: ExpectedEvent): boolean {
  return first !== undefined && first.record.seq < tx.event.seq
}

/** As both observers saw it, or by the clocks of the sender and of the database. */
function wasSentBefore({ records: [first] }: ExpectedEvent, { tx }: ExpectedEvent): boolean {
  if (first === undefined) return false
  const { seq, timestamp } = first.record
  return seq < tx.event.seq || timestamp < tx.event.committedAt + READ_BEFORE
}

/** By number where ids are numbers; else by transaction id, which is given at the first write. */
function isYounger(a: ExpectedEvent, b: ExpectedEvent): boolean {
  if (/^\d+$/.test(a.id ?? '') && /^\d+$/.test(b.id ?? '')) return Number(a.id) > Number(b.id)
  return Number(a.tx.event.xid) > Number(b.tx.event.xid)
}
