import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { InjectedFault } from '../../../proof/history/disturbances.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import { type ConsumedEvent, isFailing } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * RD7. While the topics for what failed take nothing the group does not go past an event that belongs there.
 *
 * What can violate it: a dead letter that is sent and not waited for, an error that is swallowed.
 * How it is seen: a fault on the dead-letter topic, or on the first retry topic, was armed and not cleared yet, and the
 * group committed past the last record of an event that was to go there and was not there before the fault was over:
 * what came later came from memory, and a crash would have lost it. The commit may well come before the fault faults,
 * where the record is sent after it.
 */
export const unavailableDeadLetters: Predicate<ConsumerView> = {
  id: 'RD7',
  promise: 'what cannot be kept as a dead letter is kept where it is',
  names: ['dropped-when-dlt-down'],
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
}

/** A fault on a topic that takes what failed: the dead letters, or the first retry topic. */
export function isOnDeadLetters(
  { name, target, lasting, armed }: InjectedFault,
  { plan }: ConsumerView,
): boolean {
  const { retry } = plan.consumer
  if (retry === undefined || lasting) return false
  if (target === retry.deadLetter || target === retry.topics[0]) return true
  return [name, armed.effect].some((text) => text.includes(retry.deadLetter) || /dead.letter/i.test(text))
}

/** The commit past it; `kept` where there is none; undefined where it had nothing to do with the fault. */
export function droppedDuring(fault: InjectedFault, event: ConsumedEvent, view: ConsumerView) {
  const { deadLetter } = view.plan.consumer.retry ?? {}
  const from = fault.armed.seq
  const to = fault.cleared?.seq ?? Number.POSITIVE_INFINITY
  const onRetries = fault.target !== deadLetter && fault.target === view.plan.consumer.retry?.topics[0]
  if (onRetries ? !waitsForRetry(event, to) : !event.inputs.some(({ expect }) => expect === 'dead-letter'))
    return undefined
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

/** It failed and should have gone to the first retry topic, where it was not before the fault was over. */
function waitsForRetry(event: ConsumedEvent, to: number): boolean {
  if (
    !isFailing(event) ||
    event.inputs[0]?.retriable !== true ||
    event.spoiled.length + event.calls.length === 0
  )
    return false
  const [retry] = event.retries
  return retry === undefined ? event.effects.length === 0 : retry.record.seq > to
}
