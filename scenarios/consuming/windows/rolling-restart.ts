import type { EventOf } from '../../../proof/history/event.ts'
import type { Trial } from '../../../proof/window.ts'
import { ownersOf } from '../view/group-log.ts'
import { window } from '../window.ts'
import { assignedByHand, generationsIn, spread } from './group-timeline.ts'
import { consumerOf } from './marked-input.ts'

/**
 * A deployment: one instance after the other is told to end and comes back, under load. Each time partitions go to
 * those that stay, and back; what they had before is worked on all the while.
 */
export const rollingRestart = window({
  id: 'rolling-restart',
  phrase: 'its instances are restarted one after the other',
  title: 'one instance after the other is restarted',
  held: 'SIGTERM and start, one after the other, under load',
  shown:
    'each ended and was ready again; partitions kept their owners when others came and went, here or before',
  needs: { capabilities: ['kill-service'], consumers: 2, expiry: true },
  faults: ['stop'],
  traits: ['rebalance', 'rolling'],
  async enter(testbed) {
    for (const instance of testbed.parts.consumers) {
      await spread(testbed)
      await testbed.faults.stop(instance)
      await testbed.faults.startAgain(instance)
    }
    await spread(testbed)
  },
  entered(trial) {
    const ended = instances(trial, 'exited')
    const back = instances(trial, 'ready')
    if (ended.size < 2 || [...ended].some((one) => !back.has(one))) return undefined
    const changes = changesOf(trial)
    const own = changes.filter(({ generation }) => trial.events.includes(generation))
    const kept = own.flatMap(({ kept }) => kept)
    if (kept.length === 0) {
      // An assignor that keeps owners by chance alone has trials in which it keeps none.
      if (own.length < ended.size || changes.every(({ kept }) => kept.length === 0)) return undefined
      return {
        grade: 'A',
        says: `${ended.size} instances ended and came back one after the other; each partition changed its owner in ${own.length} changes of the group, and not in those before`,
        events: own.map(({ generation }) => generation.seq),
      }
    }
    const places = [...new Set(kept.map(({ partition }) => partition))].join(', ')
    return {
      grade: 'A',
      says: `${ended.size} instances ended and came back one after the other; partitions ${places} kept their owners in ${kept.length} changes of the group`,
      events: [...new Set(kept.map(({ generation }) => generation.seq))],
    }
  },
  excluded: assignedByHand,
  release: async () => {},
})

function instances(trial: Trial, what: EventOf<'proc'>['event']): ReadonlySet<number> {
  const seen = trial.events.filter((event) => event.kind === 'proc').filter(({ event }) => event === what)
  return new Set(seen.map(({ instance }) => instance))
}

/** One that is back before the others have noticed takes its own place: as many as before, and another one. */
function sameMembers({ members: before }: EventOf<'k.group'>, { members }: EventOf<'k.group'>): boolean {
  const ids = new Set(before.map(({ memberId }) => memberId))
  return members.length === before.length && members.every(({ memberId }) => ids.has(memberId))
}

/** Changes of the members until the end of the trial, each with the partitions whose owner stayed the same. */
function changesOf(trial: Trial) {
  const { topic } = consumerOf(trial) ?? { topic: '' }
  const generations = generationsIn(trial)
  return generations.flatMap((generation, i) => {
    const before = generations[i - 1]
    if (before === undefined || sameMembers(before, generation)) return []
    const owners = ownersOf(before, topic)
    const kept = [...ownersOf(generation, topic)].filter(
      ([partition, member]) => owners.get(partition) === member,
    )
    return [{ generation, kept: kept.map(([partition]) => ({ partition, generation })) }]
  })
}
