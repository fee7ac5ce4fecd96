import type { NamedFault } from '../../../faults/named-fault.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import type { RegistryUser } from '../../testbed/registry-hurt.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { committed } from './marked.ts'

/** @throws where the publisher is not declared to write through a registry */
export function registryUser({
  parts: { registry },
  publisher: { name },
  faults,
}: PublisherTestbed): RegistryUser {
  if (registry === undefined) throw new Error(`publishers.${name} declares no registry`)
  return { name, registry, faults }
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
