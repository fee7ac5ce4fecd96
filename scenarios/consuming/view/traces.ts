import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { lastEndIn, SpanLog } from '../../predicates/span-log.ts'
import {
  type Carrier,
  carryingRecord,
  type Origin,
  originOf,
  type Traces,
  type Work,
} from '../../predicates/traces.ts'
import type { ConsumerPlan } from '../plan.ts'
import type { ConsumedEvent } from './consumed-event.ts'
import { putAside } from './on-topics.ts'

interface Seen {
  readonly plan: ConsumerPlan
  readonly events: readonly HistoryEvent[]
  readonly consumed: readonly ConsumedEvent[]
  readonly topics: {
    readonly names: readonly string[]
    idOf(record: EventOf<'k.record'>): string | undefined
  }
}

/**
 * What follows from a record that was delivered: retries, dead letters, redrives, what is put aside, outputs, and calls to
 * the outside.
 */
export function tracesOf({ plan, events, topics, consumed }: Seen): Traces | undefined {
  const { tracing } = plan.consumer
  if (tracing === undefined) return undefined
  const { header } = tracing
  const aside = Map.groupBy(putAside(events, topics.names), (record) => topics.idOf(record))
  const carriers = consumed.flatMap((event): Carrier[] => {
    const { id, inputs } = event
    const origins = originsOf(event)
    const [first] = inputs
    const again = event.deliveries.filter(
      ({ record }) => record.partition !== first?.partition || record.offset !== first.offset,
    )
    const records = [...again, ...event.retries, ...event.deadLetters, ...event.outputs]
    return [
      ...[...records.map(({ record }) => record), ...(aside.get(id) ?? [])].map((record) =>
        carryingRecord(record, header, origins, id),
      ),
      ...event.calls.map((call): Carrier => ({ ...calling(call), origins, id })),
    ]
  })
  const work = consumed.flatMap((event): Work[] => {
    const [effect] = event.effects
    if (effect === undefined) return []
    const { id } = event
    return [{ says: `the effect of event ${id}`, seq: effect.tx.seq, origins: originsOf(event), id }]
  })
  const told = tracing.spans ? { work, lastEnd: lastEndIn(events) } : undefined
  return { header, carriers, told, spans: new SpanLog(events) }
}

function originsOf({ inputs }: ConsumedEvent): readonly Origin[] {
  return inputs.flatMap(({ traceparent, seq }) => originOf(traceparent, seq))
}

function calling(call: EventOf<'call'>): Pick<Carrier, 'says' | 'event' | 'contexts'> {
  const { stub, traceparent } = call
  return {
    says: `the call ${stub}`,
    event: call,
    contexts: traceparent === undefined ? [] : [traceparent],
  }
}
