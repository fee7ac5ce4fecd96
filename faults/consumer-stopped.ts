import { until } from '../core/until.ts'
import './consumer-killed.ts'
import { fault } from './fault.ts'
import { nameOf } from './fault-log.ts'

/** Milliseconds in which a consumer that does not wait for its work would have ended. */
const ENDING = 1_000

/** SIGTERM of the first instance in the middle of its work, and its restart. */
export const consumerStopped = fault({
  id: 'stop',
  phrase: 'the consumer is told to end',
  target: 'consumer',
  needs: { capabilities: ['kill-service'] },
  inject: ({ instance, hold }, log) =>
    log.inject('stop', nameOf(instance), 'SIGTERM', async () => {
      const { id } = instance
      // It may wait for its work, which waits for us.
      void instance.stop()
      await hold(ENDING)
      return `${id} was told to end`
    }),
  async heal({ instance }, log) {
    if (!log.disarmed('stop'))
      await until(() => !instance.running, { what: `${nameOf(instance)} to end`, deadline: 10_000 })
    await log.startAgain(instance)
  },
})
