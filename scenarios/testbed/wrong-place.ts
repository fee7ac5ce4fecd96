import { nearest } from '../../core/nearest.ts'
import type { Fields } from '../../proof/history/event.ts'

/** Something that the config says of rows or records, held against those of the load without faults. */
export interface Place {
  /** In the config, behind the subject: `outbox.aggregateId`. */
  readonly field: string
  /** As the config has it. */
  readonly declared: string
  /** A value of the field for one of the names that were seen; default: that name in quotes. */
  spelled?(name: string): string
  /** What was looked at: "row of outbox_events". */
  readonly of: string
  /** What should stand there: "the aggregate". */
  readonly what: string
  /** One for each row or record: by name, what stood there. */
  readonly seen: readonly Fields[]
  /** What should stand there, where that is known. */
  readonly right?: ReadonlySet<string>
}

/** A place of the config that nothing came to, and the one that was meant. */
export interface WrongPlace {
  readonly field: string
  readonly says: string
  /** What to do: "declare state.amount: 'total'". */
  readonly advice: string
}

/**
 * A place is wrong where nothing of what should stand there does, and it is seen elsewhere: another name has what should
 * stand there, or nobody uses this name and another one is nearly the same. Without another place it may be the service
 * that is wrong, which is for the predicates to tell.
 */
export function wrongPlace(place: Place): WrongPlace | undefined {
  const { field, declared, seen, right, of, what, spelled = quotedName } = place
  const fits = (value: string | null | undefined) =>
    value !== null && value !== undefined && (right === undefined || right.has(value))
  if (seen.length === 0 || seen.some((each) => fits(each[declared]))) return undefined
  const carrier = right && mostOf(seen, (value) => value !== null && right.has(value))
  const names = [...new Set(seen.flatMap((each) => Object.keys(each)))]
  const similar = names.includes(declared) ? undefined : nearest(declared, names)
  const instead = carrier ?? similar
  if (instead === undefined) return undefined
  const why = carrier === undefined ? 'there is' : `${what} stands in`
  return {
    field,
    says: `no ${of} has ${what} in ${spelled(declared)}; ${why} ${spelled(instead)}`,
    advice: `declare ${field}: ${spelled(instead)}`,
  }
}

function quotedName(name: string): string {
  return `'${name}'`
}

/** The name under which most of them have such a value, and at least half. */
function mostOf(seen: readonly Fields[], matches: (value: string | null) => boolean): string | undefined {
  const counts = new Map<string, number>()
  for (const each of seen) {
    for (const [name, value] of Object.entries(each))
      if (matches(value)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a)
  return best !== undefined && best[1] * 2 >= seen.length ? best[0] : undefined
}
