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

/** Whoever is told of dead letters is refused: nobody reads anything again for that. */
export const REFUSED_ALERTS = { name: 'alerts', excuses: 'nothing' } as const satisfies NamedFault

/** What a consumer calls is unavailable: it may fail as often as it is told to. */
export const OUTSIDE_DOWN = {
  name: 'outside-down',
  excuses: 'nothing',
  unreachable: 'outside',
} as const satisfies NamedFault

/** The database of a consumer is out of reach, and its server lives. */
export const CUT_FROM_DATABASE = { name: 'link', unreachable: 'database' } as const satisfies NamedFault

/** One statement of the promise is refused, for a while. */
export const REFUSED_STATEMENT = {
  name: 'refused-statement',
  excuses: 'nothing',
} as const satisfies NamedFault

/** Nobody answers at the address of the schema registry that a service uses. */
export const REGISTRY_AWAY = { name: 'registry-away', unreachable: 'registry' } as const satisfies NamedFault

/** The registry answers a service with errors. */
export const REGISTRY_FAILING = {
  name: 'registry-failing',
  unreachable: 'registry',
} as const satisfies NamedFault

/** The registry answers a service late. */
export const REGISTRY_SLOW = { name: 'registry-slow', unreachable: 'registry' } as const satisfies NamedFault

/** The registry takes no new schema from a publisher. */
export const REGISTRY_READ_ONLY = { name: 'registry-read-only' } as const satisfies NamedFault

/** The registry has a publisher's schema under no subject any more. */
export const SCHEMA_DELETED = { name: 'schema-deleted' } as const satisfies NamedFault

/** Another member is in the group for a while: the members that it takes partitions from may read them again. */
export const SECOND_MEMBER = { name: 'second-member' } as const satisfies NamedFault
