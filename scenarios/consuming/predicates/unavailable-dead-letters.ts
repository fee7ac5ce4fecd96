import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { InjectedFault } from '../../../proof/history/disturbances.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { type ConsumedEvent, hasFailed } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * RD7. While the topics for what failed take nothing the group does not go past an event that belongs there.
 *
 * What can violate it: a dead letter that is sent and not waited for, an error that is swallowed.
 * How it is seen: a fault on the dead-letter topic, or on the first retry topic, was armed and not cleared yet, and the
 * group committed past the last record of an event that was to go there and was not there before the fault was over:
 * what came later came from memory, and a crash would have lost it. The commit may well come before the fault takes
 * effect, where the record is sent after it.
 */
export const unavailableDeadLetters = predicate({
  id: 'RD7',
  title: 'nowhere to go',
  claim: 'an event that cannot be stored as a dead letter stays on its topic',
  promise: 'While retries or dead letters can not be stored, the group does not go past what belongs there.',
  formal:
    'while the dead-letter topic, or the first retry topic, takes nothing no offset is committed past what belongs there',
  controls: ['C2'],
  violations: {
    'dropped-when-dlt-down': {},
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no dead letters are declared' : undefined),
  check(view) {
    const faults = view.disturbances.faults.filter((fault) => isOnDeadLetters(fault, view))
    let judged = 0
    for (const fault of faults) {
      for (const event of view.consumed) {
        const dropped = droppedDuring(fault, event, view)
        if (dropped === undefined) continue
        judged++
        if (dropped === 'kept') continue
        const later = event.deadLetters[0]?.record.seq
        const says = `group ${dropped.group} committed ${dropped.offset} on ${dropped.topic}/${dropped.partition}, past ${eventName(event)}, while ${fault.target} took nothing${later === undefined ? '; it is no dead letter' : ''}`
        const injected = (fault.tookEffect[0] ?? fault.armed).seq
        const seqs = [event.deliveries[0]?.record.seq, injected, dropped.seq, fault.cleared?.seq, later]
        return violated(this.id, 'dropped-when-dlt-down', counterexample(says, seqs, eventSubject(event)))
      }
    }
    return held(this.id, judged)
  },
  /** The group goes past an event while its dead letter can't be stored. */
  mutation: {
    says: 'commit past an event while its dead letter can not be stored',
    applies: (view) => candidate(view) !== undefined,
    apply(view) {
      const found = candidate(view)
      if (found === undefined) return undefined
      const { record, before } = found
      const { at, scenario, topic, partition, offset } = record
      const { group } = view.plan.consumer
      const place = { seq: before - 0.5, at, scenario, topic, partition, offset: offset + 1 }
      // What was committed before the record was there stays; what was committed later comes too late to matter.
      return mutated(view.events, { added: [{ ...place, kind: 'k.commit', group, position: -1 }] })
    },
  },
})

/** A fault on a topic that takes what failed: the dead letters, or the first retry topic. */
export function isOnDeadLetters({ target }: InjectedFault, { plan }: ConsumerView): boolean {
  const { retry } = plan.consumer
  return retry !== undefined && (target === retry.deadLetter || target === retry.topics[0])
}

/** The commit past it; `kept` where there is none; undefined where it had nothing to do with the fault. */
export function droppedDuring(fault: InjectedFault, event: ConsumedEvent, view: ConsumerView) {
  const { deadLetter } = view.plan.consumer.retry ?? {}
  const from = fault.armed.seq
  const to = fault.cleared?.seq ?? Number.POSITIVE_INFINITY
  const onRetries = fault.target !== deadLetter && fault.target === view.plan.consumer.retry?.topics[0]
  if (onRetries ? !waitsForRetry(event, to) : !belongsToDeadLetters(event)) return undefined
  if (event.deadLetters.some(({ record }) => record.seq < to)) return undefined
  const last = [...event.deliveries, ...event.retries]
    .filter(({ record }) => record.seq < to)
    .reduce<number | undefined>((latest, { record }) => Math.max(latest ?? 0, record.seq), undefined)
  const record = [...event.deliveries, ...event.retries].find((one) => one.record.seq === last)?.record
  if (record === undefined) return undefined
  const commit = view.group.firstPast(record)
  if (commit === undefined || commit.seq > to) return 'kept'
  return commit.seq > from ? commit : undefined
}

/** It was to fail for good, and did. */
function belongsToDeadLetters(event: ConsumedEvent): boolean {
  return hasFailed(event) && event.inputs.some(({ expect }) => expect === 'dead-letter')
}

/** It failed and should have gone to the first retry topic, where it was not before the fault was over. */
function waitsForRetry(event: ConsumedEvent, to: number): boolean {
  if (!hasFailed(event) || event.inputs[0]?.retriable !== true) return false
  const [retry] = event.retries
  return retry === undefined ? event.effects.length === 0 : retry.record.seq > to
}

/** An event that was kept while dead letters could not be stored, with its last record by then. */
function candidate(view: ConsumerView) {
  for (const fault of view.disturbances.faults) {
    if (!isOnDeadLetters(fault, view) || fault.cleared === undefined) continue
    const before = fault.cleared.seq
    for (const event of view.consumed) {
      if (droppedDuring(fault, event, view) !== 'kept') continue
      const records = [...event.deliveries, ...event.retries].map(({ record }) => record)
      const record = records.filter(({ seq }) => seq < before).sort((a, b) => b.seq - a.seq)[0]
      if (record !== undefined) return { record, before }
    }
  }
  return undefined
}
