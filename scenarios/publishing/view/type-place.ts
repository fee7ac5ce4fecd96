import { leavesOf, parsed } from '../../../proof/history/json-content.ts'
import type { ExpectedEvent } from './expected-event.ts'

/** Records that a place must be found in, and the share of them that must agree, before it counts as the type's. */
const ENOUGH = 5
const MOST = 0.5
/** Records that are looked at. */
const LOOKED_AT = 200

/**
 * The place in records' values that says the type of their event, where most say there just what was committed as the type,
 * and more than one type came. Undefined where values carry no type.
 */
export function typePath(events: readonly ExpectedEvent[]): string | undefined {
  const places = new Map<string, { all: number; same: number; readonly types: Set<string> }>()
  const typed = events.filter(({ eventType, records }) => eventType !== undefined && records.length > 0)
  for (const { eventType = '', payload, records } of typed.slice(0, LOOKED_AT)) {
    // What the payload says is as it was committed, whatever it says.
    const committed = new Set(leavesOf(parsed(payload)).map(([path, leaf]) => `${lastOf(path)}=${leaf}`))
    for (const [path, leaf] of leavesOf(parsed(records[0]?.record.value ?? null))) {
      if (committed.has(`${lastOf(path)}=${leaf}`)) continue
      const place = places.get(path) ?? { all: 0, same: 0, types: new Set() }
      places.set(path, place)
      place.all++
      if (leaf !== eventType) continue
      place.same++
      place.types.add(eventType)
    }
  }
  const [best] = [...places].sort(([, a], [, b]) => b.same - a.same)
  if (best === undefined) return undefined
  const [path, { all, same, types }] = best
  return all >= ENOUGH && same > MOST * all && types.size > 1 ? path : undefined
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
