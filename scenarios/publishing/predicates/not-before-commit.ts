import { counterexample, held, placeOf, violated } from '../../../proof/findings.ts'
import type { Gate } from '../../../proof/history/disturbances.ts'
import { amountsIn, announced, parsed } from '../../../proof/history/json-content.ts'
import { mutated } from '../../../proof/mutation.ts'
import { copiesOf } from '../mutations/records.ts'
import { predicate } from '../predicate.ts'
import type { PublishedRecord } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/**
 * OA3. While a transaction waits at the commit gate nothing of it is on the log.
 *
 * What can violate it: publishing inside of the transaction, before its commit.
 * How it is seen: the record was read before we opened the gate. No commit of that aggregate that began after the
 * gate was closed can have taken effect before it was opened, so the order in our own history suffices.
 */
export const notBeforeCommit = predicate({
  id: 'OA3',
  title: 'not before commit',
  claim: 'nothing is published before its commit',
  promise: 'No record appears before its transaction has committed.',
  formal: 'while a transaction waits at the commit gate none of its events is on the log',
  controls: ['P1'],
  violations: {
    'dirty-publish': {},
  },
  check(view) {
    const gates = view.disturbances.gates.filter(({ gate }) => gate === 'commit')
    if (gates.length === 0) return held(this.id, 0)
    for (const gate of gates) {
      const dirty = dirtyRecord(gate, view)
      if (dirty === undefined) continue
      const waiting = gate.waiting[0]
      const who =
        waiting === undefined ? 'its commit was held back' : `backend ${waiting.pid} stood in COMMIT`
      const says = `a record of ${gate.key} was at ${placeOf(dirty)} while ${who}`
      const seqs = [gate.closed.seq, waiting?.seq, dirty.record.seq, gate.opened?.seq]
      const subject = dirty.id === undefined ? { key: gate.key } : { eventId: dirty.id, key: gate.key }
      return violated(this.id, 'dirty-publish', counterexample(says, seqs, subject))
    }
    return held(this.id, gates.length)
  },
  /** A record is on the log while its transaction still waits at a gate. */
  mutation: {
    says: 'move a record before the opening of the commit gate',
    apply(view) {
      const first = view.records.find(({ fate, expected }) => fate === 'visible' && expected !== undefined)
      if (first?.expected === undefined) return undefined
      const { scenario, at, seq, xid } = first.expected.tx.event
      const key = view.aggregates.nameOf(first.expected.key) ?? first.expected.key ?? ''
      const base = { scenario, at }
      const gate = { gate: 'commit', key } as const
      return mutated(view.events, {
        without: copiesOf(view, first),
        added: [
          { ...base, ...gate, seq: seq - 0.5, kind: 'gate.closed' },
          {
            ...base,
            ...gate,
            seq: seq - 0.4,
            kind: 'gate.waiting',
            pid: 0,
            applicationName: '',
            xid,
            query: 'COMMIT',
          },
          { ...first.record, seq: seq - 0.3, transactional: false },
          { ...base, ...gate, seq: seq - 0.2, kind: 'gate.opened' },
        ],
      })
    },
  },
})

function dirtyRecord(gate: Gate, view: PublisherView): PublishedRecord | undefined {
  const opened = gate.opened?.seq ?? Number.POSITIVE_INFINITY
  const xids = new Set(gate.waiting.map(({ xid }) => xid))
  const amounts = new Set<string>()
  for (const { invoke } of view.commands.all) {
    if (invoke.key === gate.key && invoke.seq > gate.closed.seq && invoke.seq < opened)
      amounts.add(String(invoke.amount))
  }
  return view.records.find(({ record, fate, visibleFrom, expected }) => {
    if (fate !== 'visible' || record.seq < gate.closed.seq || visibleFrom >= opened) return false
    if (expected !== undefined) {
      if (xids.has(expected.tx.event.xid)) return true
      const called = view.aggregates.nameOf(expected.key) === gate.key
      return called && expected.amount !== undefined && amounts.has(expected.amount)
    }
    // The key may be an id that was made in the very transaction that waits: then the amount alone tells.
    if ((view.aggregates.nameOf(record.key) ?? gate.key) !== gate.key) return false
    for (const amount of amountsIn(announced(parsed(record.value)))) if (amounts.has(amount)) return true
    return false
  })
}
