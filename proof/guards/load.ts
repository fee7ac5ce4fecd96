import type { Disturbances } from '../history/disturbances.ts'
import type { View } from '../history/view.ts'
import { BUSY } from './busy.ts'
import type { Life } from './flow.ts'
import { type Guard, isControlRun, metUnless } from './guard.ts'

/** How much there was of something, and how much there must be: "12 keys". */
export interface Amount {
  readonly count: number
  readonly least: number
  readonly of: string
  /** What a user can change where there is not enough. */
  readonly remedy?: string
}

export interface Load<V extends View> {
  readonly title?: string
  /** Of the events that count. */
  lives(view: V): readonly Life[]
  amounts(view: V): readonly Amount[]
  /** What must happen to an event after the faults, and the word for it. */
  readonly after: { readonly end: 'placed' | 'done'; readonly word: string }
  /** A window may be without a fault and a gate: then nothing needs to be in flight. */
  readonly faultless?: true
}

/** Guard 2: enough events, some of them while the faults were there, and some after them. */
export function load<V extends View>(load: Load<V>): Guard<V> {
  return {
    id: 'load',
    title: load.title ?? 'enough events were in flight',
    otherwise: 'VACUOUS',
    look(evidence) {
      const { view } = evidence
      const { disturbances } = view
      const undisturbed = load.faultless && !Number.isFinite(disturbances.began)
      const amounts = [
        ...load.amounts(view),
        ...(isControlRun(evidence) || undisturbed ? [] : around(disturbances, load.lives(view), load.after)),
      ]
      const short = amounts.filter(({ count, least }) => count < least)
      return metUnless(
        short.map(
          ({ count, least, of, remedy }) => `${count} of ${least} ${of}${remedy ? `: ${remedy}` : ''}`,
        ),
        amounts.map(({ count, of }) => `${count} ${of}`).join(', '),
      )
    },
  }
}

/** Events in flight while a fault was there, and those that began or ended after the last one. */
function around(
  { began, allHealed, faults }: Disturbances,
  lives: readonly Life[],
  { end, word }: Load<View>['after'],
): Amount[] {
  const healed = allHealed?.seq ?? Number.POSITIVE_INFINITY
  const over = faults.some(({ lasting }) => lasting) ? Number.POSITIVE_INFINITY : healed
  const inFlight = ({ placed = 0, done = Number.POSITIVE_INFINITY }: Life) =>
    placed < over && (placed > began || done > began)
  const during = lives.filter(inFlight).length
  const after = lives.filter((life) => (life[end] ?? 0) > healed).length
  return [
    { count: during, least: 1, of: 'in flight while faults were there', remedy: BUSY },
    { count: after, least: 1, of: `${word} after the faults`, remedy: BUSY },
  ]
}
