/** Where an outbox row says that its relay gave it up: a column that is then set, or one that then has such a value. */
export type ParkedIn = string | { readonly column: string; readonly is: string | readonly string[] }

/** The column, and the values of it that say so; undefined: any that is set. */
export function parkedMarks(parked: ParkedIn): {
  readonly column: string
  readonly values: readonly string[] | undefined
} {
  if (typeof parked === 'string') return { column: parked, values: undefined }
  const { column, is } = parked
  return { column, values: typeof is === 'string' ? [is] : is }
}
