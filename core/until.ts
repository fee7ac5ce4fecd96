import { setTimeout as pause } from 'node:timers/promises'
import { EventproofError, messageOf } from './error.ts'

export class DeadlinePassed extends EventproofError {
  override readonly code = 'EVENTPROOF_DEADLINE_PASSED'
}

export interface UntilOptions {
  /** What is waited for, in words: it becomes the error's title. */
  readonly what: string
  /** Milliseconds from now. */
  readonly deadline: number
  /** Milliseconds between two looks; default 25. */
  readonly every?: number
  /** What there is so far, in words, for the error: looked at when the deadline has passed. */
  readonly seen?: () => string
  readonly signal?: AbortSignal
}

/**
 * Looks again and again until `probe` gives something other than `undefined` or `false`, and resolves with it.
 * A look that throws counts as "not yet"; a look that hangs cannot outlive the deadline.
 * @throws {DeadlinePassed} with the last error, or with what `seen` says
 */
export async function until<T>(
  probe: (signal: AbortSignal) => Promise<T | undefined | false> | T | undefined | false,
  { what, deadline, every = 25, seen: soFar, signal }: UntilOptions,
): Promise<T> {
  const limit = AbortSignal.timeout(deadline)
  const either = signal ? AbortSignal.any([limit, signal]) : limit
  const aborted = new Promise<never>((_, reject) => {
    either.addEventListener('abort', () => reject(either.reason), { once: true })
  })
  aborted.catch(() => {})
  let last: string | undefined
  while (!either.aborted) {
    try {
      const seen = await Promise.race([Promise.resolve(probe(either)), aborted])
      if (seen !== undefined && seen !== false) return seen as T
    } catch (error) {
      if (!either.aborted) last = messageOf(error)
    }
    if (either.aborted) break
    await pause(every, undefined, { signal: either }).catch(() => {})
  }
  if (signal?.aborted) throw signal.reason
  throw new DeadlinePassed(`${what}: not within ${deadline / 1000} s`, {
    what,
    last: last ?? soFar?.() ?? 'not yet, at every look',
  })
}

/** Rejects with {@link DeadlinePassed} when `work` takes longer than `deadline` milliseconds. */
export async function within<T>(deadline: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlinePassed(`${what}: not within ${deadline / 1000} s`, { what }))
    }, deadline)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
