import { constants } from 'node:os'
import { EventproofError } from '../core/error.ts'

/** Ctrl-C reaches us twice when npm runs us: from the terminal and from npm. Closer together than this is one. */
const SAME_KEYSTROKE = 500
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export class Interrupted extends EventproofError {
  override readonly code = 'EVENTPROOF_INTERRUPTED'
  override readonly exitCode: number

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`, { what: 'the run was stopped before its end' })
    this.exitCode = 128 + (constants.signals[signal] ?? 0)
  }
}

export interface Interruption extends Disposable {
  /** Aborted, with an {@link Interrupted} as its reason, by the first signal. */
  readonly signal: AbortSignal
  /** The exit code of the signal that came; undefined while none came. */
  readonly exitCode: number | undefined
}

/**
 * The first SIGINT, SIGTERM or SIGHUP aborts, so that faults are healed and a partial report is written; the second
 * ends this process at once and leaves what runs to the reaper. So does the end of the process that started us.
 */
export function interruption(onFirst: (interrupted: Interrupted) => void): Interruption {
  const controller = new AbortController()
  let first: { readonly reason: Interrupted; readonly at: number } | undefined
  const listeners = SIGNALS.map((name) => {
    const listener = () => {
      if (first === undefined) {
        first = { reason: new Interrupted(name), at: performance.now() }
        onFirst(first.reason)
        controller.abort(first.reason)
      } else if (performance.now() - first.at > SAME_KEYSTROKE) {
        process.exit(first.reason.exitCode)
      }
    }
    process.on(name, listener)
    return () => process.off(name, listener)
  })
  const orphaned = () => process.exit(new Interrupted('SIGKILL').exitCode)
  process.on('disconnect', orphaned)
  process.channel?.unref()
  return {
    signal: controller.signal,
    get exitCode() {
      return first?.reason.exitCode
    },
    [Symbol.dispose]() {
      for (const remove of listeners) remove()
      process.off('disconnect', orphaned)
    },
  }
}
