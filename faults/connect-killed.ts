import { capturingAgain } from './capture.ts'
import { fault } from './fault.ts'

/** Milliseconds between two flushes of Connect's offsets when a scenario wants them to lag: Connect's own default. */
export const RARE_FLUSH = 60_000
/** What the stack starts its worker with. */
const USUAL_FLUSH = 1_000

/** SIGKILL of the Connect worker, and its restart. */
export const connectKilled = fault({
  id: 'kill-connect',
  phrase: 'the connector’s worker is killed',
  target: 'connector',
  needs: { capabilities: ['kill-connect'], exclusive: 'connect' },
  inject: ({ connect }, log) =>
    log.inject('kill-connect', 'connect', 'SIGKILL', async () => {
      await connect.kill()
      return 'the Connect worker was ended with SIGKILL'
    }),
  heal: (capture, log) =>
    log.heal('kill-connect', 'connect', async () => {
      const offsetFlushInterval = capture.lastTrial ? USUAL_FLUSH : RARE_FLUSH
      await capture.connect.restart({ offsetFlushInterval })
      return capturingAgain(capture, 'connect')
    }),
})
