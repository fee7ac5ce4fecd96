import type { FaultLog } from '../../faults/fault-log.ts'
import type { NamedFault } from '../../faults/named-fault.ts'
import {
  REGISTRY_AWAY,
  REGISTRY_FAILING,
  REGISTRY_READ_ONLY,
  REGISTRY_SLOW,
} from '../../faults/testbed-faults.ts'
import { failing, readOnly, slow } from './registry-answers.ts'
import type { RegistryDoor } from './registry-door.ts'

/** A fault on one service's own way to its registry: no other scenario notices it. */
export interface RegistryHurt {
  readonly fault: NamedFault
  /** What is done. */
  readonly effect: string
  /** @returns what shows it; undefined where the service never came this way: one that has its schemas from elsewhere */
  hurt(registry: RegistryDoor): Promise<string | undefined>
}

/** Whose way to the registry it is. */
export interface RegistryUser {
  readonly name: string
  readonly registry: RegistryDoor
  readonly faults: FaultLog
}

export async function hurtRegistry(
  { name, registry, faults }: RegistryUser,
  { fault, effect, hurt }: RegistryHurt,
): Promise<void> {
  await faults.inject(fault, name, effect, () => hurt(registry))
}

export async function healRegistry(
  { name, registry, faults }: RegistryUser,
  { fault }: RegistryHurt,
): Promise<void> {
  await faults.heal(fault.name, name, async () => {
    await registry.reopen()
    return (await registry.answer()) === 200
  })
}

/** From now on nobody answers at the registry's address. */
export const registryClosed: RegistryHurt = {
  fault: REGISTRY_AWAY,
  effect: 'connections to it are ended, and new ones as soon as they are made',
  async hurt(registry) {
    const met = registry.close()
    return met && (await registry.answer()) === undefined ? 'nobody answers at its address' : undefined
  },
}

/** Whatever it is asked, it answers that its store is away. */
export const registryFailing: RegistryHurt = {
  fault: REGISTRY_FAILING,
  effect: 'it answers HTTP 503',
  async hurt(registry) {
    const met = registry.answerBy(failing)
    return met && (await registry.answer()) === 503 ? 'it answers HTTP 503' : undefined
  },
}

/** Milliseconds that each answer of a slow registry takes: more than a client expects, and less than it should bear. */
export const LATE = 3_000
/** Milliseconds in which it is seen not to answer. */
const SEEN = 500

/** Right answers, seconds late. */
export const registrySlow: RegistryHurt = {
  fault: REGISTRY_SLOW,
  effect: `each answer comes after ${LATE / 1000} s`,
  async hurt(registry) {
    const met = registry.answerBy(slow(LATE))
    const inTime = await registry.answer(SEEN)
    return met && inTime === undefined ? `it does not answer within ${SEEN} ms` : undefined
  },
}

/** It takes no schema that it does not have. */
export const registryReadOnly: RegistryHurt = {
  fault: REGISTRY_READ_ONLY,
  effect: 'new schemas are refused, and registered ones get their ids',
  async hurt(registry) {
    const met = registry.answerBy(readOnly)
    const status = await registry.answerToNew('nobodys-value')
    return met && status === 422 ? 'it refuses a new schema, HTTP 422' : undefined
  },
}
