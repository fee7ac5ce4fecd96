import { type ConsumedEvent, isDiverted } from '../../history/consumed-event.ts'
import type { ConsumerView } from '../../history/consumer-view.ts'
import type { Gate } from '../../history/disturbances.ts'

/** The event whose first effect can't have been durable before the gate was opened. */
export function heldBack(gate: Gate, view: ConsumerView): ConsumedEvent | undefined {
  const event = view.eventOfEffect(gate.key)
  if (event === undefined || gate.waiting.length === 0 || isDiverted(event)) return undefined
  const first = event.effects[0]?.tx
  const opened = gate.opened?.seq ?? Number.POSITIVE_INFINITY
  const xids = gate.waiting.map(({ xid }) => xid)
  if (first === undefined || xids.includes(first.xid)) return event
  return xids.includes(null) && first.seq > opened ? event : undefined
}
