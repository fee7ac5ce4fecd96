import type { HistoryEvent } from './event.ts'

export type Listener = (event: HistoryEvent) => void

/** Tells an event to all; those that throw are left out from now on. */
export function tell(listeners: Set<Listener>, event: HistoryEvent): void {
  for (const listener of listeners) {
    try {
      listener(event)
    } catch {
      listeners.delete(listener)
    }
  }
}
