import { registrySlow } from '../../testbed/registry-hurt.ts'
import { startedWithoutRegistry } from './started-without-registry.ts'

/** W29c: the same, and the registry gives right answers, seconds late: to wait for one, or to ask again, is as good. */
export const startedRegistrySlow = startedWithoutRegistry({
  id: 'W29c',
  phrase: 'the consumer starts while the schema registry is slow',
  title: 'the consumer starts while the schema registry is slow',
  held: 'SIGTERM; the way to the registry answers 3 s late; events come; start',
  shown: 'the consumer was started and asked, and no answer came in time',
  hurt: registrySlow,
})
