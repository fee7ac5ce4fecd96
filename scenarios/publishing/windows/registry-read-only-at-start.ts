import { REGISTRY_READ_ONLY } from '../../../faults/testbed-faults.ts'
import { readOnly } from '../../testbed/registry-answers.ts'
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
  hurt: {
    fault: REGISTRY_READ_ONLY,
    effect: 'new schemas are refused, and registered ones get their ids',
    async hurt(registry) {
      const met = registry.answerBy(readOnly)
      const status = await registry.answerToNew('nobodys-value')
      return met && status === 422 ? 'it refuses a new schema, HTTP 422' : undefined
    },
  },
  hold: 2_000,
})
