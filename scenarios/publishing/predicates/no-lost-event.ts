import {
  counterexample,
  held,
  more,
  nameOf,
  stalled,
  subjectOf,
  unknown,
  violated,
} from '../../../proof/findings.ts'
import type { HistoryEvent } from '../../../proof/history/event.ts'
import { hole } from '../../../proof/mutated-records.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { maybeCompacted } from '../view/compacted.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { LOSS_NAMES, type Loss, LossEvidence } from './loss.ts'

/** Missing events that are looked into: one counterexample is shown, and a broken relay may lose a million. */
const ENOUGH = 500

/**
 * OA1. Every event of a committed transaction is on its topic once all faults are cleared.
 *
 * What can violate it: a dual write, a mark before the acknowledgement, a cursor that passes a late commit, a slot
 * that was lost, a relay that gives up.
 * How it is seen: the database observer shows the commit, the log observer read every partition to its end.
 * Why "absent" means lost and not late: we ask for completion evidence. The row is marked, deleted or parked; or the
 * slot is flushed past the commit; or, weaker (grade C), what was committed after all faults under the same key (or
 * under three other keys) is there and a whole recovery bound has passed. Without it: `stalled-relay`.
 */
export const noLostEvent = predicate({
  id: 'OA1',
  title: 'no loss',
  claim: 'every committed order is published',
  promise: 'Every event of a committed transaction is on its topic once all faults are cleared.',
  formal: 'Q ⇒ for every e of every committed transaction there is a record with its id',
  controls: ['P1'],
  alsoFor: ['D3'],
  violations: {
    'lost-event': {},
    'lost-after-mark': {},
    'skipped-late-commit': {},
    'unrecoverable-after-slot-loss': {},
    'stalled-relay': { means: 'without completion evidence' },
  },
  check(view) {
    const absent = view
      .expectedEvents()
      .filter(
        (event) => event.records.length === 0 && (event.mark !== undefined || !view.undeliverable(event)),
      )
    if (absent.length === 0) return held(this.id, view.expectedEvents().length)
    const missing = absent.filter((event) => !maybeCompacted(event, view))
    if (missing.length === 0)
      return unknown(this.id, `${absent.length} events may have been compacted away before they were read`)
    const evidence = new LossEvidence(view)
    const losses = missing
      .slice(0, ENOUGH)
      .map((event) => evidence.lossOf(event))
      .filter((loss) => loss !== undefined)
    const worst = LOSS_NAMES.map((name) => losses.filter((loss) => loss.name === name)).find(
      (same) => same.length > 0,
    )
    if (worst !== undefined) {
      const { name, counterexample } = worst[0] as Loss
      return violated(this.id, name, { ...counterexample, says: counterexample.says + more(worst.length) })
    }
    const late = missing.filter((event) => evidence.overdue(event))
    const [first] = late
    if (first === undefined) {
      return unknown(
        this.id,
        `${missing.length} events are not on the log, and the history ends before their bound`,
      )
    }
    const says = `${nameOf(first)} is not on ${view.plan.publisher.topic} ${view.plan.bounds.recovery / 1000} s after all faults${more(late.length)}; nothing says that it is lost`
    const seqs = [first.tx.event.seq, view.disturbances.allHealed?.seq, view.events.at(-1)?.seq]
    return stalled(this.id, 'stalled-relay', counterexample(says, seqs, subjectOf(first), 'C'))
  },
  /** What the publisher says is done disappears from the log. */
  mutation: {
    says: 'drop every copy of a published event',
    apply(view) {
      const flushed = view.slots.at(-1)?.confirmedFlushLsn ?? -1
      const published = view
        .expectedEvents()
        .filter(
          (event) => event.records.length > 0 && !view.undeliverable(event) && !maybeCompacted(event, view),
        )
      const victim =
        published.find(({ mark }) => mark !== undefined) ??
        published.find(({ tx }) => tx.commitLsn < flushed) ??
        published[0]
      if (victim === undefined) return undefined
      const without = mutated(view.events, { replaced: victim.records.map(hole) })
      const isDone = victim.mark !== undefined || victim.tx.commitLsn < flushed
      return isDone ? without : waitedFor(without, view)
    },
  },
})

/** What nothing says is done is waited for, as long as it may take: the scenario ends so much later. */
function waitedFor(events: readonly HistoryEvent[], view: PublisherView): HistoryEvent[] {
  const end = view.phase('drain')?.seq ?? view.events.at(-1)?.seq ?? 0
  const later = view.plan.bounds.recovery + 1_000
  return events.map((event) => (event.seq < end ? event : { ...event, at: event.at + later }))
}
