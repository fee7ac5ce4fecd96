import { healRegistry, hurtRegistry, type RegistryHurt } from '../../testbed/registry-hurt.ts'
import type { Window } from '../../window.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { window } from '../window.ts'
import { committedMeanwhile, isBetween, placeMeanwhile, registryUser } from './registry-hurt.ts'

interface AtStart
  extends Pick<
    Window<PublisherTestbed, PublisherView>,
    'id' | 'phrase' | 'title' | 'held' | 'shown' | 'traits'
  > {
  readonly hurt: RegistryHurt
  /** Milliseconds: longer than it takes a relay to start, be answered so, and do what it does then. */
  readonly hold: number
}

/**
 * The relay starts, and knows no schema's id yet, while its registry is hurt.
 *
 * It may wait, or end and be started anew, as a supervisor would do. It must not write a record without an id, or mark an
 * event that it did not write.
 */
export function registryAtStart({ hurt, hold, ...words }: AtStart): Window<PublisherTestbed, PublisherView> {
  return window({
    ...words,
    needs: { capabilities: ['kill-service'] },
    faults: ['kill', hurt.fault.name],
    once: true,
    async enter(testbed) {
      const { faults, relay } = testbed
      await faults.kill(relay)
      await hurtRegistry(registryUser(testbed), hurt)
      // Whether it becomes ready is its own affair.
      const starting = relay.restart().catch(() => {})
      await placeMeanwhile(testbed, hold)
      if (!(await isOver(starting))) await relay.kill()
      await starting
    },
    entered(trial) {
      const seen = committedMeanwhile(trial, hurt.fault)
      if (seen === undefined) return undefined
      const { away, tx, back } = seen
      const started = trial.first('proc', (proc) => proc.event === 'started' && isBetween(proc, away, back))
      if (started === undefined) return undefined
      return {
        grade: 'A',
        says: `${started.id} was started and transaction ${tx.xid} was committed while ${away.evidence}`,
        events: [away.seq, started.seq, tx.seq, back.seq],
      }
    },
    async release(testbed) {
      await healRegistry(registryUser(testbed), hurt)
      const { faults, relay } = testbed
      if (relay.running) await faults.healLast('kill', async () => {})
      else await faults.restart(relay)
    },
  })
}

/** Whether it has come to an end by now. */
async function isOver(promise: Promise<void>): Promise<boolean> {
  const now = Symbol()
  return (await Promise.race([promise, Promise.resolve(now)])) !== now
}
