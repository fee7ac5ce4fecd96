import type { VerdictName } from '../proof/verdict.ts'

/** A table of the report, as all renderers print it. */
export interface Table {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** What a reader has to know to read it. */
  readonly note?: string
  /** Long, and in smaller print. */
  readonly dense?: true
}

/** A name alone is of a column of text. */
export type Column =
  | string
  | {
      readonly name: string
      /** `word`: too short to be broken; `small`: long sentences. */
      readonly as: 'number' | 'word' | 'small'
    }

/** Digits of a number are grouped; of a verdict or a text the note stands below it, in smaller print. */
export type Cell =
  | string
  | number
  | { readonly code: string }
  | { readonly met: boolean; readonly text: string }
  | { readonly verdict: VerdictName; readonly note?: string }
  | { readonly text: string; readonly note?: string }
  | { readonly lines: readonly string[] }

export function nameOf(column: Column): string {
  return typeof column === 'string' ? column : column.name
}

/** Columns of numbers. */
export function numbers(...names: readonly string[]): Column[] {
  return names.map((name) => ({ name, as: 'number' }))
}

export function word(name: string): Column {
  return { name, as: 'word' }
}

export function small(name: string): Column {
  return { name, as: 'small' }
}

/**
 * Tables that several kinds of subjects have in common, by title and columns, are one: with what is not met first.
 * Those without a row are left out.
 */
export function joined(tables: readonly (Table | undefined)[]): Table[] {
  const all = new Map<string, Table>()
  for (const table of tables) {
    if (table === undefined || table.rows.length === 0) continue
    const key = JSON.stringify([table.title, table.columns])
    const before = all.get(key)
    const rows = before && [...before.rows, ...table.rows].sort((a, b) => unmet(b) - unmet(a))
    all.set(key, { ...table, rows: rows ?? table.rows })
  }
  return [...all.values()]
}

function unmet(row: readonly Cell[]): number {
  return row.some((cell) => typeof cell === 'object' && 'met' in cell && !cell.met) ? 1 : 0
}
