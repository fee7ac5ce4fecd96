import type { EventOf } from '../proof/history/event.ts'

/** What predicates and guards have to know of a fault: none of them knows its name. */
export type FaultNature = Pick<EventOf<'fault.injected'>, 'lasting' | 'excuses' | 'unreachable'>

/** A fault by its name in histories and for `--disarm`, which says of itself what has to be known. */
export interface NamedFault extends FaultNature {
  readonly name: string
}
