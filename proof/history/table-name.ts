const PUBLIC = 'public.'

/** A table's name without the schema that every database has. */
export function bare(table: string): string {
  return table.startsWith(PUBLIC) ? table.slice(PUBLIC.length) : table
}

/** Whether a table is the declared one, with that schema or without it. */
export function isCalled(declared: string): (table: string) => boolean {
  const name = bare(declared)
  const whole = PUBLIC + name
  return (table) => table === name || table === whole
}
