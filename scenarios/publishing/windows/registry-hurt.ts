import type { NamedFault } from '../../../faults/named-fault.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import type { RegistryDoor } from '../../testbed/registry-door.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { committed } from './marked.ts'

/** A fault on one publisher's own way to its registry: no other scenario notices it. */
export interface RegistryHurt {
  readonly fault: NamedFault
  /** What is done. */
  readonly effect: string
  /** @returns what shows it; undefined where the service never came this way: one that has its schemas from elsewhere */
  hurt(registry: RegistryDoor): Promise<string | undefined>
}

export async function hurtRegistry(
  testbed: PublisherTestbed,
  { fault, effect, hurt }: RegistryHurt,
): Promise<void> {
  const { faults, publisher } = testbed
  await faults.inject(fault, publisher.name, effect, () => hurt(registryOf(testbed)))
}

export async function healRegistry(testbed: PublisherTestbed, { fault }: RegistryHurt): Promise<void> {
  const { faults, publisher } = testbed
  const registry = registryOf(testbed)
  await faults.heal(fault.name, publisher.name, async () => {
    await registry.reopen()
    return (await registry.answer()) === 200
  })
}

/** Orders come, and have the time to be published, or to be given up. @param milliseconds that the window stays open */
export async function placeMeanwhile(testbed: PublisherTestbed, milliseconds: number): Promise<void> {
  await testbed.load.place(testbed.markedKey)
  await testbed.load.place(testbed.markedKey)
  await testbed.hold(milliseconds)
}

/** The marked order was committed while the fault was there: what shows it, in order. */
export function committedMeanwhile(trial: Trial<PublisherView>, { name }: NamedFault) {
  const away = trial.first('fault.took-effect', ({ fault }) => fault === name)
  const back = trial.first('fault.healed', ({ fault }) => fault === name)
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
