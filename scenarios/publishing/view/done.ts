import { isMarked, isSet, type MarkedIn } from '../../../proof/gates/marked-in.ts'
import { textAt } from '../../../proof/history/column-place.ts'
import type { EventOf, Fields, RowChange } from '../../../proof/history/event.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { PublisherDeclaration } from '../plan.ts'

/** What a relay writes into the outbox when it is through with a row, and not when it claims one. */
export interface Done {
  /** Values of the `published` column that say so; undefined: any that is set. */
  readonly values: ReadonlySet<string> | undefined
  /** Rows go. */
  readonly deleted: boolean
}

/** As long as nothing else is known. */
export const ANY_VALUE: Done = { values: undefined, deleted: false }

/**
 * Read from the rows of the load without faults. Where the column says something from the beginning on (a status), or
 * goes from one value to another, done is what rows end with: a value that no row began with, and that none has left.
 */
export function doneOf({ outbox }: PublisherDeclaration, events: readonly EventOf<'pg.tx'>[]): Done {
  if (outbox === undefined) return ANY_VALUE
  const isOutbox = isCalled(outbox.table)
  const lives = new Map<string, Set<string>>()
  const [first, left, last] = [new Set<string>(), new Set<string>(), new Set<string>()]
  let deleted = false
  for (const { rows } of events) {
    const own = new Set(rows.flatMap(({ op, after }) => (op === 'insert' && textAt(after, outbox.id)) || []))
    for (const { table, op, after, before } of rows) {
      if (!isOutbox(table)) continue
      const id = textAt(after, outbox.id) ?? textAt(before, outbox.id)
      if (op === 'delete') deleted ||= id == null || !own.has(id)
      const value = outbox.published === undefined ? undefined : after?.[outbox.published]
      if (id == null || value === undefined || !isSet(value)) continue
      if (op === 'insert') first.add(value)
      const life = lives.get(id) ?? new Set<string>()
      lives.set(id, life)
      for (const earlier of life) if (earlier !== value) left.add(earlier)
      life.add(value)
      last.add(value)
    }
  }
  const values = new Set([...last].filter((value) => !left.has(value) && !first.has(value)))
  return { values: first.size + left.size === 0 || values.size === 0 ? undefined : values, deleted }
}

/** Whether this change says that the row is done, or given up. */
export function saysDone({ values, deleted }: Done, outbox: NonNullable<PublisherDeclaration['outbox']>) {
  const { published, parked } = outbox
  return ({ op, after }: RowChange): boolean => {
    if (op !== 'update' || after === undefined) return op === 'delete'
    if (published === undefined) return !deleted
    const value = after[published]
    return (isSet(value) && (values?.has(value) ?? true)) || saysParked(parked, after) === true
  }
}

/** Whether a row says that it was given up; undefined where it does not tell, or nothing would. */
export function saysParked(parked: MarkedIn | undefined, after: Fields): boolean | undefined {
  return parked === undefined ? undefined : isMarked(parked, after)
}
