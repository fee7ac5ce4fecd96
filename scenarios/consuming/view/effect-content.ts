import { formsOf } from '../../../core/key-form.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import type { ConsumedEvent, Effect } from './consumed-event.ts'
import type { ConsumerView } from './consumer-view.ts'

/** An effect, and what it says where it repeats something of its event. */
export interface Repeated {
  readonly event: ConsumedEvent
  readonly effect: Effect
  /** The declared column: `amount` or `key`. */
  readonly column: 'amount' | 'key'
  readonly says: string
  /** What the records of the event say there: one, or several where it came again with another body. */
  readonly wanted: readonly string[]
}

/** Effects that a column must be found in, and the share that must agree, before it counts as the event's. */
const ENOUGH = 5
const MOST = 0.5
/** How far a number may be from another one that it was made of by rounding, or by too few digits. */
const ROUNDED = 1e-4
/** So many differences may be fees that are added by some rule. */
const FEES = 3

/**
 * Of the declared columns of the effect table those that repeat the amount or the key of the event in most effects, or nearly.
 * What is off by one of a few numbers (a fee) is another thing.
 */
export function repeatedIn(view: ConsumerView): Repeated[] {
  return (['amount', 'key'] as const).flatMap((column) => {
    if (view.plan.consumer.effects[column] === undefined) return []
    const all = view.consumed.flatMap((event) => of(event, column))
    const agreeing = all.filter(agrees)
    const rounded = column === 'amount' ? roundedIn(all) : 0
    return all.length >= ENOUGH && agreeing.length + rounded > MOST * all.length ? all : []
  })
}

export function agrees({ says, wanted }: Repeated): boolean {
  return wanted.includes(says)
}

/** How many are near their event's number, and off by as many differences: what is added to each are few. */
function roundedIn(all: readonly Repeated[]): number {
  const off = all.flatMap((one) => {
    const meant = Number(one.wanted[0])
    const difference = Number(one.says) - meant
    const isNear = !agrees(one) && Math.abs(difference) <= ROUNDED * Math.abs(meant)
    return isNear ? [difference.toFixed(6)] : []
  })
  return new Set(off).size > FEES ? off.length : 0
}

function of(event: ConsumedEvent, column: Repeated['column']): Repeated[] {
  const wanted = event.inputs.flatMap((input) =>
    column === 'key' ? [input.key, ...formsOf(input.mark ?? input.key)] : (amountOf(input.amount) ?? []),
  )
  if (wanted.length === 0) return []
  return event.effects.flatMap((effect) => {
    const says = effect[column]
    return says === undefined ? [] : [{ event, effect, column, says, wanted }]
  })
}
