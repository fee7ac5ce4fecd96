import { fault, type RunningService } from 'eventproof/kind'

declare module 'eventproof/kind' {
  interface Targets {
    counter: RunningService
  }
}

/** SIGKILL of the counter, and its restart. */
export const counterKilled = fault({
  id: 'kill',
  phrase: 'the counter is killed',
  target: 'counter',
  needs: { capabilities: ['kill-service'] },
  inject: (counter, log) => log.kill(counter),
  heal: (counter, log) => log.restart(counter),
})
