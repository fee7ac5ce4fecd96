import { EventproofError } from '../core/error.ts'
import { InternalDefect } from './internal-defect.ts'
import type { Style } from './output.ts'

const CODE_COLUMN = 72

/** Any thrown value as an error that a user can read; what we did not foresee becomes an {@link InternalDefect}. */
export function readable(thrown: unknown): EventproofError {
  return thrown instanceof EventproofError ? thrown : new InternalDefect(thrown)
}

/** ✗ title, code; what was found; then where, the log and what to try, a line each. */
export function errorText(error: EventproofError, style: Style = (_, text) => text): string {
  const { what, where, last, log, hint } = error.detail
  const title = `✗ ${error.message}`
  const lines = [
    `${style(['red', 'bold'], title)}${' '.repeat(Math.max(2, CODE_COLUMN - title.length))}${style('dim', error.code)}`,
    `  ${what}${last === undefined ? '' : ` (last: ${last})`}`,
  ]
  for (const [label, text] of [
    ['at', where],
    ['log', log],
    ['try', hint],
  ] as const) {
    if (text !== undefined) lines.push(`  ${style('dim', label.padEnd(5))} ${text}`)
  }
  if (process.env.EVENTPROOF_DEBUG) lines.push(...stackOf(error).map((line) => style('dim', `  ${line}`)))
  return lines.join('\n')
}

/** The same as the last line of `--json`. */
export function errorJson(error: EventproofError): string {
  const { cause: _, ...detail } = error.detail
  return JSON.stringify({
    type: 'error',
    code: error.code,
    title: error.message,
    ...detail,
    exitCode: error.exitCode,
  })
}

function stackOf(error: Error): string[] {
  const inner = error.cause instanceof Error ? ['caused by', ...stackOf(error.cause)] : []
  return [...(error.stack ?? '').split('\n'), ...inner]
}
