import type { Gate } from '../../../proof/history/disturbances.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

export interface HeldBack {
  readonly event: ConsumedEvent
  /** `seq` until which its first effect can't have been durable. */
  readonly until: number
}

/**
 * The event that waits at an effect gate. Its effect is not durable before the gate is opened, where the transaction that
 * stood there is the one that brought it. Where that one was ended, and another one brought the effect or the record went
 * to a retry topic, that was not before the blow: nobody else was at the event by then, for the group had not changed.
 */
export function heldBack(gate: Gate, view: ConsumerView): HeldBack | undefined {
  const event = view.eventOfEffect(gate.key)
  const [waiting] = gate.waiting
  if (event === undefined || waiting === undefined) return undefined
  const first = event.effects[0]?.tx
  const opened = gate.opened?.seq ?? Number.POSITIVE_INFINITY
  const xids = gate.waiting.map(({ xid }) => xid)
  const own = first === undefined || xids.includes(first.xid) || (xids.includes(null) && first.seq > opened)
  const [diverted = Number.POSITIVE_INFINITY] = [...event.retries, ...event.deadLetters].map(
    ({ record }) => record.seq,
  )
  if (own && diverted === Number.POSITIVE_INFINITY) return { event, until: opened }
  const blow = view.disturbances.faults
    .map(({ armed }) => armed.seq)
    .find((seq) => seq > waiting.seq && seq < opened)
  if (blow === undefined || diverted < blow || (first !== undefined && first.seq < blow)) return undefined
  const changed = view.group.generations.some(({ seq }) => seq > waiting.seq && seq < blow)
  return changed ? undefined : { event, until: blow }
}
