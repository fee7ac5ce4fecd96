import type { RunningService } from '../stacks/stack.ts'
import { fault } from './fault.ts'

declare module './fault.ts' {
  interface Targets {
    /** The service that takes commands. */
    service: RunningService
  }
}

/** SIGKILL of the service, and its restart. */
export const serviceKilled = fault({
  id: 'kill',
  phrase: 'the service is killed',
  target: 'service',
  needs: { capabilities: ['kill-service'] },
  inject: (service, log) => log.kill(service),
  heal: (service, log) => log.restart(service),
})
