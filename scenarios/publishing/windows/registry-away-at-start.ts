import { registryClosed } from '../../testbed/registry-hurt.ts'
import { registryAtStart } from './registry-at-start.ts'

/** W27a: the relay starts and knows no schema's id yet, and nobody answers at the registry's address. */
export const registryAwayAtStart = registryAtStart({
  id: 'W27a',
  phrase: 'the relay starts while the schema registry is out of reach',
  title: 'the relay starts without the schema registry',
  held: 'SIGKILL; the relay’s way to the registry is closed; start',
  shown: 'the relay was started, and the xid committed, while nobody answered at the registry’s address',
  hurt: registryClosed,
  hold: 2_500,
})
