import type { NamedFault } from './named-fault.ts'

/** An event that nobody can handle, or publish, stays, and disturbs no other event. */
export const POISON = { name: 'poison', lasting: true } as const satisfies NamedFault

/** Attempts that are to fail make nobody read anything again. */
export const FAILURES = { name: 'failures', excuses: 'nothing' } as const satisfies NamedFault

/** What others write into the database concerns nobody's events. */
export const OTHER_WRITES = { name: 'other-writes', lasting: true } as const satisfies NamedFault

/** A fault on the wire is one cut, however many clients it meets. */
export const WIRE = { name: 'wire', excuses: 'once' } as const satisfies NamedFault

/** Attempts of consumers may be made while nobody can see them. */
export const CRASHED_DATABASE = {
  name: 'crash-database',
  unreachable: 'database',
} as const satisfies NamedFault
