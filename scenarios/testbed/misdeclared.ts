import { EventproofError } from '../../core/error.ts'
import { nearest } from '../../core/nearest.ts'

/** The subject is not what the config says: whatever its history shows would be about something else. */
export abstract class Misdeclared extends EventproofError {}

/** " (did you mean 'order-events'?)", where one of the names that were seen is nearly the declared one. */
export function meant(declared: string, seen: readonly string[]): string {
  const name = nearest(declared, seen)
  return name === undefined ? '' : `; '${declared}' is most likely '${name}'`
}
