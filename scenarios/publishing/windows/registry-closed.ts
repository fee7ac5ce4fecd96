import { REGISTRY_AWAY } from '../../../faults/testbed-faults.ts'
import type { RegistryHurt } from './registry-hurt.ts'

/** From now on nobody answers at the registry's address. */
export const registryClosed: RegistryHurt = {
  fault: REGISTRY_AWAY,
  effect: 'connections to it are refused and ended',
  async hurt(registry) {
    const met = await registry.close()
    return met && (await registry.answer()) === undefined ? 'nobody answers at its address' : undefined
  },
}
