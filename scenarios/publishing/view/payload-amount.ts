import { amountOf, parsed } from '../../../proof/history/json-content.ts'
import type { ExpectedEvent } from './expected-event.ts'

/** An event whose transaction wrote an amount to the business row, and what its payload says in that amount's place. */
export interface Told {
  readonly event: ExpectedEvent
  /** As the business row has it. */
  readonly written: string
  readonly told: string
}

/** Where payloads carry the amount of the business row, and what each of them says there. */
export interface PayloadAmount {
  /** `$.order.total` */
  readonly path: string
  readonly events: readonly Told[]
}

/** Events that a place must be found in, and the share of them that must agree, before it counts as the amount's. */
const ENOUGH = 3
const MOST = 0.9
/** A number that is so near to the amount, and differs from event to event as it does, means the amount. */
const NEAR = 0.01

/**
 * The place in the payloads that stands for the amount of the business row, found from the numbers themselves: where
 * they are equal in most events; else where they are nearly equal in most (rounded, or of another moment). Undefined
 * where payloads carry no such number.
 */
export function payloadAmount(events: readonly ExpectedEvent[]): PayloadAmount | undefined {
  const byPath = new Map<string, Told[]>()
  for (const event of events) {
    const written = event.tx.changes.findLast(({ id }) => id === event.key)?.amount
    if (written === undefined || typeof event.payload !== 'string') continue
    for (const [path, told] of numbersIn(parsed(event.payload))) {
      const same = byPath.get(path)
      if (same === undefined) byPath.set(path, [{ event, written, told }])
      else same.push({ event, written, told })
    }
  }
  return (
    mostly(byPath, ({ written, told }) => told === written) ??
    mostly(byPath, ({ written, told }) => isNear(Number(told), Number(written)))
  )
}

function mostly(
  byPath: ReadonlyMap<string, readonly Told[]>,
  agrees: (told: Told) => boolean,
): PayloadAmount | undefined {
  for (const [path, events] of byPath) {
    const differs = new Set(events.map(({ told }) => told)).size > 1
    const share = events.filter(agrees).length / events.length
    if (differs && events.length >= ENOUGH && share >= MOST) return { path, events }
  }
  return undefined
}

function isNear(told: number, written: number): boolean {
  return Math.abs(told - written) <= NEAR * Math.abs(written)
}

/** Every number at its place, also those written as text; text that is JSON is looked into. */
function numbersIn(value: unknown, path = '$', found = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) numbersIn(part, `${path}.${name}`, found)
    return found
  }
  const amount = amountOf(value)
  if (amount !== undefined) found.set(path, amount)
  else if (typeof value === 'string' && /^\s*[{[]/.test(value)) numbersIn(parsed(value), path, found)
  return found
}
