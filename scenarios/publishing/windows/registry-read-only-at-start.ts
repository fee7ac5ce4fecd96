import { registryReadOnly } from '../../testbed/registry-hurt.ts'
import { registryAtStart } from './registry-at-start.ts'

/**
 * W27e: the relay starts, and the registry takes no new schema from it, as where registration by producers is switched off.
 * What it wrote by before is registered, and is all that it needs.
 */
export const registryReadOnlyAtStart = registryAtStart({
  id: 'W27e',
  phrase: 'the relay starts while the schema registry takes no new schema',
  title: 'the relay starts while the schema registry takes no new schema',
  held: 'SIGKILL; the relay’s way to the registry refuses new schemas; start',
  shown: 'the relay was started, and the xid committed, while the registry refused a new schema',
  traits: ['may-pass-by'],
  hurt: registryReadOnly,
  hold: 2_000,
})
