import { fileURLToPath } from 'node:url'
import { systemClock } from '../../core/clock.ts'
import { ReadWriteLock } from '../../core/read-write-lock.ts'
import reference from '../../eventproof.config.ts'
import { ScenarioHistory } from '../../proof/history/scenario-history.ts'
import { BrokerPool } from '../../scenarios/broker-pool.ts'
import { loadKinds } from '../../scenarios/kinds.ts'
import type { RunContext } from '../../scenarios/run-context.ts'
import type { Stack } from '../../stacks/stack.ts'

const kinds = await loadKinds()

/** For experiments on the reference services with one trial and a small load, whose histories stay in memory. */
export function contextOn(stack: Stack, disarmed: readonly string[] = []): RunContext {
  const clock = systemClock()
  let seq = 0
  return {
    stack,
    kinds,
    config: reference,
    folder: fileURLToPath(new URL('../../', import.meta.url)),
    history: (scenario) =>
      new ScenarioHistory(scenario, {
        stamp: () => ({ seq: ++seq, at: clock.monotonic() }),
        write: () => {},
        flush: async () => {},
      }),
    report: () => {},
    brokers: new BrokerPool({ start: () => stack.broker(), wanted: 0 }),
    connectLock: new ReadWriteLock(),
    metricsLock: new ReadWriteLock(),
    seed: 'test',
    trials: 1,
    commands: 40,
    tasksPerCore: () => 0,
    disarmed,
    signal: new AbortController().signal,
  }
}

/** A number of the given tasks at a time, in their order; resolves when all are done. */
export async function atOnce(jobs: number, tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const queue = [...tasks]
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next()
  }
  await Promise.all(Array.from({ length: jobs }, work))
}
