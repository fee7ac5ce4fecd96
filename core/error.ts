/** What every error of ours tells: what was found, where, and what to try. */
export interface ErrorDetail {
  /** What was found, against what was expected. */
  readonly what: string
  /** Where: a file, a field, a component. */
  readonly where?: string
  /** The last value that was seen before a deadline passed. */
  readonly last?: string
  /** A log file that says more. */
  readonly log?: string
  /** What to try next: a command or a change. */
  readonly hint?: string
  readonly cause?: unknown
}

/**
 * Base of all errors that a user is meant to read. One subclass a cause; `code` is stable and documented
 * in docs/errors.md, `exitCode` is what the command line ends with (see proof/verdict.ts for the others).
 */
export abstract class EventproofError extends Error {
  abstract readonly code: `EVENTPROOF_${string}`
  /** 3: the environment is not ready. Usage errors override it with 64, defects of ours with 70. */
  readonly exitCode: number = 3
  readonly detail: ErrorDetail

  constructor(title: string, detail: ErrorDetail) {
    super(title, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.name = new.target.name
    this.detail = detail
  }
}

/** One line for any thrown value: an error's message, with its code where it has one. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return messageOf(thrown.errors[0])
  if (!(thrown instanceof Error)) return String(thrown)
  const code = (thrown as { code?: unknown }).code
  const text = thrown.message || thrown.name
  return typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text
}
