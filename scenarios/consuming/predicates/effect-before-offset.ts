import { counterexample, held, placeOf, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { heldBack } from './held-back.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * IC3. No offset is committed past a record whose effect is not durable.
 *
 * What can violate it: auto-commit beside work that goes on, an offset before the effect, the highest offset of
 * several workers.
 * How it is seen: a transaction stands in COMMIT at the effect gate, and a commit past its record is in the log of
 * offsets before the gate was opened, or before the one that stood there was hit. What we see before we do that
 * happened before, whatever the delay of a counterexample; where another instance brought the effect meanwhile, or the record went to a retry topic, nothing is said.
 */
export const effectBeforeOffset: Predicate<ConsumerView> = {
  id: 'IC3',
  promise: 'no offset is committed past an effect that is not durable',
  names: ['commit-before-effect'],
  undeclared: ({ plan }) => (plan.consumer.progress === 'own' ? 'it keeps positions of its own' : undefined),
  check(view) {
    let judged = 0
    for (const gate of view.disturbances.gates) {
      const back = gate.gate === 'effect' ? heldBack(gate, view) : undefined
      if (back === undefined) continue
      judged++
      const { event, until } = back
      for (const delivery of event.deliveries) {
        const commit = view.group.firstPast(delivery.record)
        if (commit === undefined || commit.seq > until) continue
        const pid = gate.waiting[0]?.pid
        const says = `group ${commit.group} committed ${commit.offset}, past ${placeOf(delivery)}, while backend ${pid} stood in COMMIT with the effect of ${eventName(event)}`
        const seqs = [delivery.record.seq, gate.waiting[0]?.seq, commit.seq, gate.opened?.seq]
        return violated(this.id, 'commit-before-effect', counterexample(says, seqs, eventSubject(event)))
      }
    }
    return held(this.id, judged)
  },
}
