import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import { ownersOf } from '../view/group-log.ts'
import { window } from '../window.ts'
import { generationsIn, spread } from './group-timeline.ts'
import { consumerOf } from './marked-input.ts'

/**
 * A member loses partitions to another one that comes, and gets them back when that one goes, while its process lives:
 * what it remembers of them is older than what was done meanwhile.
 */
export const partitionBack = window({
  id: 'partition-back',
  phrase: 'a member loses partitions and gets them back',
  title: 'a member loses partitions and gets them back',
  held: 'a second instance ends, comes, works and ends again, under load; the first one lives',
  shown: 'a member owned a partition, then another one did and committed on it, then the first one again',
  needs: { capabilities: ['kill-service'], consumers: 2, expiry: true },
  faults: ['stop'],
  traits: ['rebalance'],
  async enter(testbed) {
    const { faults, second, patience } = testbed
    await spread(testbed)
    await faults.stop(second)
    await patience.hold(WORK)
    await faults.startAgain(second)
    await spread(testbed)
    await patience.hold(WORK)
    await faults.stop(second)
    await patience.hold(WORK)
  },
  entered(trial) {
    const [back] = partitionsBack(trial)
    if (back === undefined) return undefined
    const { partition, member, lost, again } = back
    return {
      grade: 'A',
      says: `${member} lost partition ${partition} in generation ${lost.generation} and got it back in generation ${again.generation}; its process lived`,
      events: [lost.seq, again.seq],
    }
  },
  release: (testbed) => testbed.faults.startAgain(testbed.second),
})

/** Milliseconds in which events flow between two changes. */
const WORK = 2_000

interface Back {
  readonly partition: number
  readonly member: string
  readonly lost: EventOf<'k.group'>
  readonly again: EventOf<'k.group'>
}

/** In an incremental rebalance a partition belongs to nobody between two owners. */
function partitionsBack(trial: Trial): Back[] {
  const { topic } = consumerOf(trial) ?? { topic: '' }
  const generations = generationsIn(trial).filter((generation) => trial.events.includes(generation))
  const ways = new Map<number, { readonly member: string; readonly since: EventOf<'k.group'> }[]>()
  const found: Back[] = []
  for (const since of generations) {
    for (const [partition, member] of ownersOf(since, topic)) {
      const way = ways.get(partition) ?? []
      ways.set(partition, way)
      if (way.at(-1)?.member === member) continue
      const lost = way.at(-1)
      if (lost !== undefined && way.some((one) => one.member === member))
        found.push({ partition, member, lost: lost.since, again: since })
      way.push({ member, since })
    }
  }
  return found
}
