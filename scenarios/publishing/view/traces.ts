import type { HistoryEvent } from '../../../proof/history/event.ts'
import { lastEndIn, SpanLog } from '../../predicates/span-log.ts'
import { carryingRecord, type Origin, originOf, type Traces, type Work } from '../../predicates/traces.ts'
import type { PublisherPlan } from '../plan.ts'
import type { Commands } from './commands.ts'
import type { ExpectedEvent } from './expected-event.ts'

interface Seen {
  readonly events: readonly HistoryEvent[]
  readonly plan: PublisherPlan
  readonly commands: Commands
  expectedEvents(): readonly ExpectedEvent[]
}

/** What follows from a command: its outbox row, where a column is declared for the context, and the records of that. */
export function tracesOf(view: Seen): Traces | undefined {
  const { tracing, outbox } = view.plan.publisher
  if (tracing === undefined) return undefined
  const byTx = Map.groupBy(view.commands.all, ({ tx }) => tx)
  const originsOf = ({ amount, tx }: ExpectedEvent): readonly Origin[] => {
    const told = view.commands.of(amount)
    const commands = told.length > 0 ? told : (byTx.get(tx) ?? [])
    return commands.flatMap(({ invoke }) => originOf(invoke.traceparent, invoke.seq))
  }
  const carriers = view.expectedEvents().flatMap((event) => {
    const { source, id, tx, traceparent, records } = event
    const origins = originsOf(event)
    const row = {
      says: `the outbox row of event ${id}`,
      event: tx.event,
      contexts: traceparent === undefined ? [] : [traceparent],
      origins,
      id,
    }
    return [
      ...(source === 'outbox' && outbox?.traceparent !== undefined ? [row] : []),
      ...records.map(({ record }) => carryingRecord(record, tracing.header, origins, id)),
    ]
  })
  const work = view.expectedEvents().map((event): Work => {
    const { id, tx } = event
    return { says: `the commit of event ${id}`, seq: tx.event.seq, origins: originsOf(event), id }
  })
  const { events } = view
  const told = tracing.spans ? { work, lastEnd: lastEndIn(events) } : undefined
  return { header: tracing.header, carriers, told, spans: new SpanLog(events) }
}
