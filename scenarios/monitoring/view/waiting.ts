import type { PartLook } from '../../../proof/history/backlog-kinds.ts'
import type { EventOf } from '../../../proof/history/event.ts'

export type Look = EventOf<'backlog.look'>

/** How much can have waited, at the least and at the most. */
export interface Waiting {
  readonly least: number
  readonly most: number
}

/**
 * What can have waited on a part at any moment between two looks. What has come only rises, and so does what was worked
 * off, but where it is reset: no order in which a monitor asks for the two gives it another number.
 */
export function waitingOn(part: string, before: Look, after: Look): Waiting {
  const [first, last] = [before, after].map((look) => partIn(look, part))
  const from = first ?? NOTHING
  const to = last ?? from
  const done = [doneOn(from), doneOn(to)]
  return {
    least: Math.max(0, from.end - Math.max(...done)),
    most: Math.max(0, to.end - Math.min(...done)),
  }
}

/** The same over all parts. */
export function waitingInAll(before: Look, after: Look): Waiting {
  const all = partsOf(before, after).map((part) => waitingOn(part, before, after))
  return {
    least: all.reduce((sum, { least }) => sum + least, 0),
    most: all.reduce((sum, { most }) => sum + most, 0),
  }
}

export function partsOf(...looks: readonly Look[]): readonly string[] {
  return [...new Set(looks.flatMap(({ parts }) => parts.map(({ part }) => part)))]
}

const NOTHING: Omit<PartLook, 'part'> = { begin: 0, end: 0, done: 0 }

function partIn({ parts }: Look, wanted: string): Omit<PartLook, 'part'> | undefined {
  return parts.find(({ part }) => part === wanted)
}

/** Where nothing was worked off, all that there is waits. */
function doneOn({ begin, done }: Omit<PartLook, 'part'>): number {
  return Math.max(begin, done ?? begin)
}
