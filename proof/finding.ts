/** What a checker says about a history. Guards turn findings into a verdict. */
export type Finding =
  | { readonly kind: 'held'; readonly checker: string; readonly judged: number }
  | { readonly kind: 'violated'; readonly checker: string; readonly name: string; readonly witness: Witness }
  | { readonly kind: 'stalled'; readonly checker: string; readonly name: string; readonly witness: Witness }
  /** The evidence does not suffice to say either. */
  | { readonly kind: 'unknown'; readonly checker: string; readonly reason: string }

/** The smallest set of history events that shows a violation, with one sentence that says how. */
export interface Witness {
  /** One sentence for a reviewer: "order-7's event 0b3c… was marked published and is not on order-events". */
  readonly says: string
  /** `seq` of the events that show it, in order. */
  readonly events: readonly number[]
  readonly subject: { readonly eventId?: string; readonly key?: string }
  /** A: log order or a held backend proves it; B: bytes or connections; C: a sentinel or a clock. */
  readonly grade: 'A' | 'B' | 'C'
}
