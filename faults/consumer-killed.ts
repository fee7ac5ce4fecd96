import type { RunningService } from '../stacks/stack.ts'
import { fault } from './fault.ts'

declare module './fault.ts' {
  interface Targets {
    consumer: {
      /** The first instance. */
      readonly instance: RunningService
      /** Keeps the window open for so many milliseconds; ends early when the run is aborted. */
      hold(milliseconds: number): Promise<void>
    }
  }
}

/** SIGKILL of the first instance, and its restart. */
export const consumerKilled = fault({
  id: 'kill',
  phrase: 'the consumer is killed',
  target: 'consumer',
  // No other member gets the partitions of a dead one before its session has ended.
  needs: { capabilities: ['kill-service'], expiry: true },
  inject: ({ instance }, log) => log.kill(instance),
  heal: ({ instance }, log) => log.restart(instance),
})
