import type { Disturbances } from '../history/disturbances.ts'
import type { View } from '../history/view.ts'
import type { Flow } from './flow.ts'
import { type Guard, isControlRun, metUnless } from './guard.ts'

/** Something that only recovery does, and how often it was seen: "3 events were owed". */
export interface Work {
  readonly count: number
  readonly says: string
}

export interface Recovery<V extends View> {
  readonly flow: Flow<V>
  /** @param cleared `seq` at which each fault was cleared and each gate opened */
  work(view: V, cleared: readonly number[]): readonly Work[]
  /** What is missing where no such work was seen. */
  readonly idle: string
  /** Nothing has to come back here, so that no such work needs to be seen. */
  excused?(view: V): boolean
}

/**
 * Guard 3: the recovery path ran. After each fault an event came to its end, and at least once recovery had something to
 * do.
 */
export function recovery<V extends View>({ flow, work, idle, excused }: Recovery<V>): Guard<V> {
  return {
    id: 'recovery',
    title: 'the recovery path ran',
    otherwise: 'VACUOUS',
    look(evidence) {
      if (isControlRun(evidence)) return { met: true, evidence: 'a control run: nothing to recover from' }
      const { view } = evidence
      const ends = endsOf(view.disturbances)
      if (ends.length === 0) return { met: false, evidence: 'no fault was there to recover from' }
      const last = flow.lives(view).reduce((latest, { done = 0 }) => Math.max(latest, done), 0)
      const missing = ends
        .filter(({ seq }) => seq === undefined || last < seq)
        .map(({ of }) => `nothing was ${flow.done} after ${of} was cleared`)
      const done = work(
        view,
        ends.flatMap(({ seq }) => seq ?? []),
      )
      if (done.every(({ count }) => count === 0) && excused?.(view) !== true) missing.push(idle)
      const counts = done.map(({ count, says }) => `${count} ${says}`).join(', ')
      return metUnless(
        [...new Set(missing)],
        `events were ${flow.done} after each of ${ends.length} faults; ${counts}; ${view.disturbances.restarts.length} restarts`,
      )
    },
  }
}

/** `seq` at which each fault was cleared and each gate opened. A fault that stays does its work at once. */
function endsOf({ faults, gates }: Disturbances) {
  return [
    ...faults.map(({ name, target, armed, cleared, lasting }) => ({
      of: `${name} on ${target}`,
      seq: (cleared ?? (lasting ? armed : undefined))?.seq,
    })),
    ...gates.map(({ gate, key, opened }) => ({ of: `the ${gate} gate of ${key}`, seq: opened?.seq })),
  ]
}
