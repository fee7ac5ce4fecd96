import type { RunningService } from '../stacks/stack.ts'
import { fault } from './fault.ts'

declare module './fault.ts' {
  interface Targets {
    /** The first relay. */
    relay: RunningService
  }
}

/** SIGKILL of the relay, and its restart. */
export const relayKilled = fault({
  id: 'kill',
  phrase: 'the relay is killed',
  target: 'relay',
  needs: { capabilities: ['kill-service'] },
  inject: (relay, log) => log.kill(relay),
  heal: (relay, log) => log.restart(relay),
})
