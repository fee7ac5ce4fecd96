/** What a line says beside its time and its message, whose names are taken. */
export type LogFields = Record<string, unknown> & { readonly at?: never; readonly message?: never }

/** One line of JSON on standard output: `at` (ISO 8601, UTC), `message`, then the fields. */
export function log(message: string, fields: LogFields = {}): void {
  console.log(JSON.stringify({ at: new Date().toISOString(), message, ...fields }))
}

/** The text of anything that was thrown. */
export function textOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return textOf(thrown.errors[0])
  return thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
}
