/** One line of JSON on standard output. */
export function log(message: string, fields: Record<string, unknown> = {}): void {
  console.log(JSON.stringify({ at: new Date().toISOString(), message, ...fields }))
}

/** The text of anything that was thrown. */
export function textOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return textOf(thrown.errors[0])
  return thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
}
