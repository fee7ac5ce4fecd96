import { setTimeout as pause } from 'node:timers/promises'
import { backoff } from '../service/backoff.ts'
import { log, textOf } from '../service/log.ts'
import type { Wake } from './wake.ts'

export interface RelayParts {
  /** Moves some events and returns how many; 0 when there is nothing to do. */
  readonly moveBatch: () => Promise<number>
  readonly wake: Wake
}

/** Until it is disposed of, moves batches while there are any, whatever breaks in between. */
export function startRelay(parts: RelayParts): AsyncDisposable {
  const closing = new AbortController()
  const done = run(parts, closing.signal)
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await parts.wake[Symbol.asyncDispose]()
      await done
    },
  }
}

async function run({ moveBatch, wake }: RelayParts, signal: AbortSignal): Promise<void> {
  const pauses = backoff()
  while (!signal.aborted) {
    try {
      const moved = await moveBatch()
      pauses.reset()
      if (moved === 0 && !signal.aborted) await wake.next()
    } catch (error) {
      log('a batch was not finished and is taken up again', { error: textOf(error) })
      await pause(pauses.next(), undefined, { signal }).catch(() => {})
    }
  }
}
