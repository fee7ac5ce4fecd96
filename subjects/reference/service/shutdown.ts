import { log, textOf } from './log.ts'

/** On SIGTERM or SIGINT: closes the parts in order, then ends with 0; with 1 if that takes longer than 5 s. */
export function closeOnSignal(...parts: readonly (() => PromiseLike<unknown>)[]): void {
  const close = async () => {
    setTimeout(() => process.exit(1), 5000).unref()
    for (const part of parts) {
      await part().then(undefined, (error) => log('not closed cleanly', { error: textOf(error) }))
    }
    process.exit(0)
  }
  process.once('SIGTERM', close)
  process.once('SIGINT', close)
}
