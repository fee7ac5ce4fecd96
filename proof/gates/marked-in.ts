import type { Fields } from '../history/event.ts'

/** Where a row says something of itself (given up, done): a column that is then set, or one that then has such a value. */
export type MarkedIn = string | { readonly column: string; readonly is: string | readonly string[] }

/** The column, and the values of it that say so; undefined: any that is set. */
export function marksOf(marked: MarkedIn): {
  readonly column: string
  readonly values: readonly string[] | undefined
} {
  if (typeof marked === 'string') return { column: marked, values: undefined }
  const { column, is } = marked
  return { column, values: typeof is === 'string' ? [is] : is }
}

/** Whether a row says so; undefined where it does not tell. */
export function isMarked(marked: MarkedIn, row: Fields): boolean | undefined {
  const { column, values } = marksOf(marked)
  const value = row[column]
  if (value === undefined) return undefined
  return isSet(value) && (values?.includes(value) ?? true)
}

/** A boolean that is true, or any other value: a timestamp, a reason. */
export function isSet(value: Fields[string] | undefined): value is string {
  return value !== null && value !== undefined && !['f', 'false', '0', ''].includes(value)
}
