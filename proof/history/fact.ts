/**
 * Facts about a component that a window or a predicate needs, by name, with the type of what each says. Kinds of
 * subjects, faults and windows add theirs where they write them.
 */
export interface Facts {
  /** How many a topic has. */
  'topic.partitions': number
  /** Something of a component was restarted: what of it. Work may have been done again since. */
  'component.restarted': string
  /** A declared table was made while it was watched; `anew`: it had been there and was dropped. */
  'table.made': 'first' | 'anew'
  /** Requests of an API that the wire observer could not read: how many. */
  'wire.unread': number
}

export type FactName = keyof Facts

/** What a fact says, and of whom. */
export type FactContent = {
  readonly [N in FactName]: { readonly name: N; readonly subject: string; readonly value: Facts[N] }
}[FactName]
