/** What a predicate says about a history. Guards turn findings into a verdict. */
export type Finding =
  | {
      readonly kind: 'held'
      readonly predicate: string
      readonly judged: number
      /** What was seen and is not the subject's: a mistake of a component of the platform, by name. */
      readonly aside?: readonly Aside[]
      /** What good practice would have and nobody promised. */
      readonly advice?: readonly Aside[]
    }
  | {
      readonly kind: 'violated'
      readonly predicate: string
      readonly name: string
      readonly counterexample: Counterexample
    }
  | {
      readonly kind: 'stalled'
      readonly predicate: string
      readonly name: string
      readonly counterexample: Counterexample
    }
  /** The evidence does not suffice to say either. */
  | { readonly kind: 'unknown'; readonly predicate: string; readonly reason: string }

/** Something that was seen and is not held against the subject: nobody promised it, or another component did it. */
export interface Aside {
  readonly name: string
  readonly says: string
  readonly events: readonly number[]
}

/** The smallest set of history events that shows a violation, with one sentence that says how. */
export interface Counterexample {
  /** One sentence for a reviewer: "order-7's event 0b3c… was marked published and is not on order-events". */
  readonly says: string
  /** `seq` of the events that show it, in order. */
  readonly events: readonly number[]
  readonly subject: { readonly eventId?: string; readonly key?: string }
  /** A: log order or a held backend proves it; B: bytes or connections; C: a sentinel or a clock. */
  readonly grade: 'A' | 'B' | 'C'
}
