import { type ColumnPlace, textAt } from '../../../proof/history/column-place.ts'
import type { Fields, RowChange } from '../../../proof/history/event.ts'

/** Rows as they were inserted, found by the few columns that the database's log keeps of one that goes. */
export class KnownRows {
  readonly #rows: Fields[] = []
  /** Columns → their values → the row; made when it is first asked for. */
  readonly #indices = new Map<string, { read: number; readonly rows: Map<string, Fields> }>()

  add(row: Fields): void {
    this.#rows.push(row)
  }

  /** What the row of a change says there: after it, before it, or when it was inserted. */
  textOf({ after, before }: Pick<RowChange, 'after' | 'before'>, place: ColumnPlace): string | undefined {
    return textAt(after, place) ?? textAt(before, place) ?? textAt(this.find(before), place) ?? undefined
  }

  find(key: Fields | undefined): Fields | undefined {
    const names = Object.keys(key ?? {}).filter((name) => key?.[name] !== null)
    if (key === undefined || names.length === 0) return undefined
    const index = this.#indices.get(names.join()) ?? { read: 0, rows: new Map<string, Fields>() }
    this.#indices.set(names.join(), index)
    for (; index.read < this.#rows.length; index.read++) {
      const row = this.#rows[index.read] as Fields
      index.rows.set(valuesOf(row, names), row)
    }
    return index.rows.get(valuesOf(key, names))
  }
}

function valuesOf(row: Fields, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => row[name]))
}
