const MASK = '***'

/** `scheme://user:password@` and `scheme://token@`, also where the password holds `/`, `?` or `@` unencoded. */
const USER_INFO = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s"'<>/@:]*:[^\s"'<>]*|[^\s"'<>/@]*)@/gi
const BEARER = /\b(bearer\s+|authorization\\?["']?\s*[:=]\s*\\?["']?(?:basic|bearer)\s+)[a-z0-9+/=._~-]{8,}/gi
/** `password=…`, `"password": "…"`, `PGPASSWORD=…`, `sasl.password = …`. */
const NAMED =
  /((?:password|passwd|secret|api[-_]?key|access[-_]?token)\\?["']?\s*[=:]\s*)(\\?"[^"]*"|'[^']*'|[^\s"',;&}]+)/gi

/** Takes credentials out of a text: a report is passed around, the sandbox it speaks of may still be up. */
export function redacted(text: string): string {
  return text.replace(USER_INFO, `$1${MASK}@`).replace(BEARER, `$1${MASK}`).replace(NAMED, `$1${MASK}`)
}
