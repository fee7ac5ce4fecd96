/** A table's name without the schema that every database has. */
export function bare(table: string): string {
  return table.startsWith('public.') ? table.slice('public.'.length) : table
}
