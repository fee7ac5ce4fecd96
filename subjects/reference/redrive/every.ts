import { setTimeout as pause } from 'node:timers/promises'
import { log, textOf } from '../service/log.ts'

/** Does a job again and again, so many milliseconds after it was done; what fails is tried again the next time. */
export function every(milliseconds: number, name: string, job: () => Promise<unknown>): AsyncDisposable {
  const closing = new AbortController()
  const { signal } = closing
  const run = async () => {
    while (!signal.aborted) {
      await pause(milliseconds, undefined, { signal }).catch(() => {})
      if (!signal.aborted)
        await job().catch((error) => log('not done, tried again', { job: name, error: textOf(error) }))
    }
  }
  const ended = run()
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await ended
    },
  }
}
