const BYTES = /^\\x[0-9a-f]*$/

/**
 * What a column holds, in the form that records have: text, or `base64:` and the bytes where they are not UTF-8. Postgres
 * sends a column of bytes as `\x` and their digits; any other column is text already.
 */
export function columnText<Column extends string | null | undefined>(column: Column): Column | string {
  if (typeof column !== 'string' || column.length % 2 !== 0 || !BYTES.test(column)) return column
  const byteAt = (_: unknown, at: number) => Number.parseInt(column.slice(2 + 2 * at, 4 + 2 * at), 16)
  const bytes = Uint8Array.from({ length: column.length / 2 - 1 }, byteAt)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return `base64:${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
  }
}
