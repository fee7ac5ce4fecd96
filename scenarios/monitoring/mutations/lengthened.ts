import type { HistoryEvent } from '../../../proof/history/event.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import type { Look } from '../view/waiting.ts'

/** Milliseconds between two looks that are added. */
const STEP = 1000

/**
 * The same history, in which nothing moves for so long after a look: looks that see the same are added, and all that comes
 * later comes later by so much. The time by which looks are apart is allowed for twice.
 */
export function lengthened(
  { events, blindness }: MonitoringView,
  look: Look,
  milliseconds: number,
): { readonly added: readonly HistoryEvent[]; readonly replaced: readonly HistoryEvent[] } {
  const count = Math.ceil((milliseconds + 2 * Math.max(blindness, STEP)) / STEP) + 1
  const added = Array.from({ length: count }, (_, n) => ({
    ...look,
    seq: look.seq + (n + 1) / (count + 1),
    at: look.at + STEP * (n + 1),
  }))
  const later = events.filter(({ seq }) => seq > look.seq)
  return { added, replaced: later.map((event) => ({ ...event, at: event.at + STEP * count })) }
}
