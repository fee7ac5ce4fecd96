import { registryFailing } from '../../testbed/registry-hurt.ts'
import { registryAtStart } from './registry-at-start.ts'

/**
 * W27b: the relay starts, and the registry answers 503 to whatever it asks. Clients that try again where nobody answers may
 * take an answer for a last word.
 */
export const registryFailingAtStart = registryAtStart({
  id: 'W27b',
  phrase: 'the relay starts while the schema registry answers with errors',
  title: 'the relay starts while the schema registry answers with errors',
  held: 'SIGKILL; the relay’s way to the registry answers HTTP 503; start',
  shown: 'the relay was started, and the xid committed, while the registry answered HTTP 503',
  hurt: registryFailing,
  hold: 2_500,
})
