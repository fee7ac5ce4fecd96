import { REGISTRY_AWAY } from '../../../faults/testbed-faults.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import type { RegistryDoor } from '../../testbed/registry-door.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { committed } from './marked.ts'

/**
 * From now on nobody answers at the registry's address; for this publisher alone. One that never asked there has it from
 * elsewhere, and is not hurt by this.
 */
export async function closeRegistry(testbed: PublisherTestbed): Promise<void> {
  const { faults, publisher } = testbed
  const registry = registryOf(testbed)
  await faults.inject(REGISTRY_AWAY, publisher.name, 'connections to it are refused and ended', async () => {
    const met = await registry.close()
    return met && (await registry.answer()) === undefined ? 'nobody answers at its address' : undefined
  })
}

/** Orders come, and have the time to be published, or to be given up. @param milliseconds that the window stays open */
export async function placeMeanwhile(testbed: PublisherTestbed, milliseconds: number): Promise<void> {
  await testbed.load.place(testbed.markedKey)
  await testbed.load.place(testbed.markedKey)
  await testbed.hold(milliseconds)
}

export async function reopenRegistry(testbed: PublisherTestbed): Promise<void> {
  const { faults, publisher } = testbed
  const registry = registryOf(testbed)
  await faults.heal(REGISTRY_AWAY.name, publisher.name, async () => {
    await registry.reopen()
    return (await registry.answer()) !== undefined
  })
}

/** The marked order was committed while nobody answered: what shows it, in order. */
export function committedMeanwhile(trial: Trial<PublisherView>) {
  const away = trial.first('fault.took-effect', ({ fault }) => fault === REGISTRY_AWAY.name)
  const back = trial.first('fault.healed', ({ fault }) => fault === REGISTRY_AWAY.name)
  const tx = committed(trial)
  if (!away || !back || !tx || !isBetween(tx, away, back)) return undefined
  return { away, tx, back }
}

export function isBetween(
  { seq }: EventOf<'pg.tx'> | EventOf<'proc'>,
  first: { readonly seq: number },
  last: { readonly seq: number },
): boolean {
  return seq > first.seq && seq < last.seq
}

/** @throws where the publisher is not declared to write through a registry */
function registryOf({ parts: { registry }, publisher }: PublisherTestbed): RegistryDoor {
  if (registry === undefined) throw new Error(`publishers.${publisher.name} declares no registry`)
  return registry
}
