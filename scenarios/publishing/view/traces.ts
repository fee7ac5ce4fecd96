import { carryingRecord, type Origin, originOf, type Traces } from '../../predicates/traces.ts'
import type { PublisherPlan } from '../plan.ts'
import type { Commands } from './commands.ts'
import type { ExpectedEvent } from './expected-event.ts'

interface Seen {
  readonly plan: PublisherPlan
  readonly commands: Commands
  expectedEvents(): readonly ExpectedEvent[]
}

/** What follows from a command: its outbox row, where a column is declared for the context, and the records of that. */
export function tracesOf(view: Seen): Traces | undefined {
  const { tracing, outbox } = view.plan.publisher
  if (tracing === undefined) return undefined
  const { header, spans = false } = tracing
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
      ...records.map(({ record }) => carryingRecord(record, header, origins, id)),
    ]
  })
  return { header, spans, carriers }
}
