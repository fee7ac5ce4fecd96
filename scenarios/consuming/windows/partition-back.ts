import { subjectBack } from '../../../faults/subject-back.ts'
import { SECOND_MEMBER } from '../../../faults/testbed-faults.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import { ownersOf } from '../view/group-log.ts'
import { window } from '../window.ts'
import { assignedByHand, gathered, generationsIn, spread } from './group-timeline.ts'
import { consumerOf } from './marked-input.ts'

/**
 * A member loses partitions to another one that comes, and gets them back when that one goes, while its process lives:
 * what it remembers of them is older than what was done meanwhile.
 */
export const partitionBack = window({
  id: 'partition-back',
  phrase: 'a member loses partitions and gets them back',
  title: 'a member loses partitions and gets them back',
  held: 'a second instance comes, works and goes again, under load; the first one lives, and stays alone',
  shown: 'a member owned a partition, then another one did, then the first one again',
  needs: { capabilities: ['kill-service'], consumers: 2, expiry: true },
  faults: [SECOND_MEMBER.name],
  traits: ['rebalance'],
  async enter(testbed) {
    const { faults, second, patience } = testbed
    if (second.running) await second.stop()
    await patience.hold(WORK)
    await faults.inject(SECOND_MEMBER, `${second.name}#${second.instance}`, 'a member comes', async () => {
      await second.restart()
      const owners = await spread(testbed)
      return `${new Set(owners.values()).size} members own partitions`
    })
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
  excluded: assignedByHand,
  /** The trial ends when the first one has again what it had: the group gives it back in a generation or two. */
  async release(testbed) {
    const { faults, history, second } = testbed
    await faults.heal(SECOND_MEMBER.name, `${second.name}#${second.instance}`, async () => {
      await second.stop()
      return !second.running
    })
    await subjectBack(gathered(testbed), (event) => history.record(event))
  },
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
  const all = generationsIn(trial)
  const began = all.findIndex((generation) => trial.events.includes(generation))
  // With the one before the trial, which says how it began.
  const generations =
    began < 0 ? [] : all.slice(Math.max(0, began - 1)).filter(({ seq }) => seq <= lastOf(trial))
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

function lastOf({ events }: Trial): number {
  return events.at(-1)?.seq ?? 0
}
