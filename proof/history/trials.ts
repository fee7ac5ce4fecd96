import type { Trial } from '../window.ts'
import type { EventKind, EventOf, HistoryEvent } from './event.ts'
import { factsOf } from './recorded-fact.ts'
import type { View } from './view.ts'

/** The trials of a window: from a `fault` phase marker that names it to the next phase marker. */
export function trialsOf<V extends View>(view: V, window: string): Trial<V>[] {
  const { events } = view
  const trials: Trial<V>[] = []
  let from = -1
  let marker: EventOf<'phase'> | undefined
  const close = (to: number) => {
    if (marker !== undefined)
      trials.push(trial(marker.trial ?? trials.length + 1, events.slice(from, to), view))
  }
  for (let i = 0; i < events.length; i++) {
    const event = events[i] as HistoryEvent
    if (event.kind !== 'phase') continue
    close(i)
    from = i
    marker = event.phase === 'fault' && event.window === window ? event : undefined
  }
  close(events.length)
  return trials
}

function trial<V extends View>(number: number, events: readonly HistoryEvent[], view: V): Trial<V> {
  return {
    number,
    events,
    history: view.events,
    view,
    first<K extends EventKind>(kind: K, match: (event: EventOf<K>) => boolean = () => true) {
      const found = events.find((event) => event.kind === kind && match(event as unknown as EventOf<K>))
      return found as unknown as EventOf<K> | undefined
    },
    facts: (name) => factsOf(events, name),
  }
}
