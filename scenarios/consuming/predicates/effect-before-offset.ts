import { counterexample, held, placeOf, violated } from '../../../proof/findings.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'
import { mutated } from '../../../proof/mutation.ts'
import { probeName } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import { isDiverted } from '../view/consumed-event.ts'
import { heldBack } from './held-back.ts'
import { eventName, eventSubject } from './naming.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Nobody could read an event, and no effect of it was durable when this was the last `seq` of the history. */
    'effect.owed': number
  }
}

/**
 * IC3. No offset is committed past a record whose effect is not durable.
 *
 * What can violate it: auto-commit beside work that goes on, an offset before the effect, the highest offset of
 * several workers.
 * How it is seen: a transaction stands in COMMIT at the effect gate, and a commit past its record is in the log of
 * offsets before the gate was opened, or before the one that stood there was hit. What we see before we do that
 * happened before, whatever the delay of a counterexample; where another instance brought the effect meanwhile, or the
 * record went to a retry topic, nothing is said. Where an inbox is declared, its row stands for the effect. The same of an
 * event that nobody could read yet, as the harness wrote down when it had read the database to its end.
 */
export const effectBeforeOffset = predicate({
  id: 'IC3',
  title: 'effect before offset',
  claim: 'no offset is committed before its effect is durable',
  promise: 'No offset is committed past an effect that is not durable.',
  formal:
    'while an effect waits at the effect gate, or for a schema that can not be fetched yet, no offset past its record is committed, unless the event is in the declared inbox',
  controls: ['C5'],
  violations: {
    'commit-before-effect': {},
  },
  undeclared: ({ plan }) => (plan.consumer.progress === 'own' ? 'it keeps positions of its own' : undefined),
  check(view) {
    let judged = 0
    for (const gate of view.disturbances.gates) {
      const back = gate.gate === 'effect' ? heldBack(gate, view) : undefined
      if (back === undefined) continue
      judged++
      const { event, until } = back
      if (event.stored !== undefined && event.stored.seq <= until) continue
      for (const delivery of event.deliveries) {
        const commit = view.group.firstPast(delivery.record)
        if (commit === undefined || commit.seq > until) continue
        const pid = gate.waiting[0]?.pid
        const says = `group ${commit.group} committed ${commit.offset}, past ${placeOf(delivery)}, while backend ${pid} stood in COMMIT with the effect of ${eventName(event)}`
        const seqs = [delivery.record.seq, gate.waiting[0]?.seq, commit.seq, gate.opened?.seq]
        return violated(this.id, 'commit-before-effect', counterexample(says, seqs, eventSubject(event)))
      }
    }
    for (const { seq, subject, value } of factsOf(view.facts, 'effect.owed')) {
      const event = view.event(subject)
      if (event === undefined) continue
      judged++
      // It was stored elsewhere, to be handled later.
      if (isDiverted(event) || event.stored !== undefined) continue
      for (const delivery of event.deliveries) {
        const commit = view.group.firstPast(delivery.record)
        if (commit === undefined || commit.seq > value) continue
        const says = `group ${commit.group} committed ${commit.offset}, past ${placeOf(delivery)}, before ${eventName(event)} could be read`
        const seqs = [delivery.record.seq, commit.seq, seq]
        return violated(this.id, 'commit-before-effect', counterexample(says, seqs, eventSubject(event)))
      }
    }
    return held(this.id, judged)
  },
  /** The offset of an event is committed while its effect still waits at the effect gate. */
  mutation: {
    says: 'commit the offset of an event whose effect waits at the gate',
    applies: (view) => view.plan.consumer.progress === 'kafka' && view.plan.consumer.inbox === undefined,
    apply(view) {
      const event = view.consumed.find(
        (one) => one.deliveries.length === 1 && one.effects[0] !== undefined && !isDiverted(one),
      )
      const tx = event?.effects[0]?.tx
      const record = event?.deliveries[0]?.record
      if (event === undefined || tx === undefined || record === undefined) return undefined
      const { scenario, at, seq, xid } = tx
      const { group } = view.plan.consumer
      const key = probeName(event, view)
      const base = { scenario, at }
      const gate = { ...base, gate: 'effect', key } as const
      const { topic, partition, offset } = record
      const commits = view.group.commitsOf(topic, partition).map((commit) => commit.seq)
      return mutated(view.events, {
        without: [...commits, record.seq],
        added: [
          { ...gate, seq: seq - 0.9, kind: 'gate.closed' },
          { ...record, seq: seq - 0.8 },
          {
            ...gate,
            seq: seq - 0.7,
            kind: 'gate.waiting',
            pid: 0,
            applicationName: '',
            xid,
            query: 'COMMIT',
          },
          {
            ...base,
            seq: seq - 0.6,
            kind: 'k.commit',
            group,
            topic,
            partition,
            offset: offset + 1,
            position: 0,
          },
          { ...gate, seq: seq - 0.5, kind: 'gate.opened' },
        ],
      })
    },
  },
})
