import type { EventBase, HistoryEvent } from './event.ts'
import type { FactContent, FactName } from './fact.ts'

/** A fact of this name as it was recorded. */
export type Fact<N extends FactName> = EventBase & { readonly kind: 'fact' } & Extract<
    FactContent,
    { name: N }
  >

/** Whether an event is the fact of this name. */
export function isFact<N extends FactName>(event: HistoryEvent, name: N): event is Fact<N> & HistoryEvent {
  return event.kind === 'fact' && event.name === name
}

/** The facts of this name, in their order. */
export function factsOf<N extends FactName>(events: readonly HistoryEvent[], name: N): readonly Fact<N>[] {
  return events.filter((event) => isFact(event, name))
}
