import type { EventOf } from '../../../proof/history/event.ts'
import { at, parsed } from '../../../proof/history/json-content.ts'

type Alert = EventOf<'alert'>

/** From here on the alert is there, or is not. */
export interface Turn {
  readonly firing: boolean
  readonly alert: Alert
}

/** When an alert began and when it ended, whatever labels it had: it is there as long as one of them is. */
export function turnsOf(alerts: readonly Alert[]): readonly Turn[] {
  const firing = new Set<string>()
  const turns: Turn[] = []
  for (const alert of alerts) {
    const before = firing.size > 0
    const labels = JSON.stringify(at(parsed(alert.body), '$.labels') ?? null)
    if (alert.subject === 'resolved') firing.delete(labels)
    else firing.add(labels)
    const now = firing.size > 0
    if (now !== before) turns.push({ firing: now, alert })
  }
  return turns
}

/** Whether it is there at a moment. */
export function firingAt(turns: readonly Turn[], moment: number): boolean {
  return turns.findLast(({ alert }) => alert.at <= moment)?.firing ?? false
}
