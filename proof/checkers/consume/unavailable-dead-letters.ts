import type { ConsumedEvent } from '../../history/consumed-event.ts'
import type { ConsumerView } from '../../history/consumer-view.ts'
import type { Fault } from '../../history/disturbances.ts'
import type { Checker } from '../checker.ts'
import { held, violated, witness } from '../findings.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * RD7. While the dead-letter topic takes nothing the group does not go past an event that belongs there.
 *
 * What can violate it: a dead letter that is sent and not waited for, an error that is swallowed.
 * How it is seen: a fault on the dead-letter topic bit and was not cleared yet, the offset of the last record of the
 * event (on the topic, or on the last retry topic) was committed, and its dead letter was not there before the fault
 * was over: what came later came from memory, and a crash would have lost it.
 */
export const unavailableDeadLetters: Checker<ConsumerView> = {
  id: 'RD7',
  promise: 'what cannot be kept as a dead letter is kept where it is',
  names: ['dropped-when-dlt-down'],
  check(view) {
    const faults = view.disturbances.faults.filter((fault) => isOnDeadLetters(fault, view))
    let judged = 0
    for (const fault of faults) {
      const from = (fault.bitten[0] ?? fault.armed).seq
      const to = fault.cleared?.seq ?? Number.POSITIVE_INFINITY
      for (const event of view.consumed) {
        const dropped = droppedBetween(event, from, to, view)
        if (dropped === undefined) continue
        judged++
        if (dropped === 'kept') continue
        const later = event.deadLetters[0]?.record.seq
        const says = `group ${dropped.group} committed ${dropped.offset} on ${dropped.topic}/${dropped.partition}, past ${eventName(event)}, while its dead letter could not be stored${later === undefined ? '; it is not there' : ''}`
        const seqs = [event.deliveries[0]?.record.seq, from, dropped.seq, fault.cleared?.seq, later]
        return violated(this.id, 'dropped-when-dlt-down', witness(says, seqs, eventSubject(event)))
      }
    }
    return held(this.id, judged)
  },
}

export function isOnDeadLetters({ name, target, lasting, armed }: Fault, { plan }: ConsumerView): boolean {
  const topic = plan.consumer.retry?.deadLetter
  if (topic === undefined || lasting) return false
  return [name, target, armed.effect].some(
    (text) => text.includes(topic) || /\bdlt\b|dead.?letter/i.test(text),
  )
}

/** The commit past it; `kept` where there is none; undefined where it was no dead letter then. */
export function droppedBetween(event: ConsumedEvent, from: number, to: number, view: ConsumerView) {
  if (!event.inputs.some(({ expect }) => expect === 'dead-letter')) return undefined
  if (event.deadLetters.some(({ record }) => record.seq < to)) return undefined
  const last = [...event.deliveries, ...event.retries]
    .filter(({ record }) => record.seq < to)
    .reduce<number | undefined>((latest, { record }) => Math.max(latest ?? 0, record.seq), undefined)
  const record = [...event.deliveries, ...event.retries].find((one) => one.record.seq === last)?.record
  if (record === undefined) return undefined
  const commit = view.group.firstPast(record)
  return commit !== undefined && commit.seq > from && commit.seq < to ? commit : 'kept'
}
