import { registryClosed } from '../../testbed/registry-hurt.ts'
import { startedWithoutRegistry } from './started-without-registry.ts'

/** W29a: the consumer starts and knows no schema yet, and nobody answers at the registry’s address. */
export const startedRegistryAway = startedWithoutRegistry({
  id: 'W29a',
  phrase: 'the consumer starts while the schema registry is out of reach',
  title: 'the consumer starts while the schema registry is out of reach',
  held: 'SIGTERM; the way to the registry is closed; events come; start',
  shown: 'the consumer was started and asked, and nobody answered',
  hurt: registryClosed,
})
