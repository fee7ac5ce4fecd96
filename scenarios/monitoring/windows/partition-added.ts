import { window } from '../window.ts'

/** Events on the new partition. */
const EVENTS = 7

/**
 * LW2: no consumer runs, the topic gets one partition more, and events come there, under load. Then all instances come
 * back at once, and the group gives out what there is.
 */
export const partitionAdded = window({
  id: 'LW2',
  phrase: 'a partition is added while nobody consumes',
  title: 'a partition is added, and nobody consumes',
  held: 'SIGKILL of every instance; the broker adds a partition; events come there',
  shown:
    'the broker’s own offsets: events waited on a partition that is new and of which the group has no offset',
  needs: { capabilities: ['kill-service'], consumers: 2, expiry: true },
  faults: ['kill'],
  once: true,
  async enter(testbed) {
    await testbed.consumed.killAll()
    await testbed.consumed.put(EVENTS, await testbed.consumed.addPartition())
    await testbed.hold()
  },
  entered(trial) {
    const killed = trial.first('fault.took-effect')
    const added = trial.facts('topic.partitions')[0]
    const seen = trial.first('backlog.look', ({ parts, seq }) =>
      parts.some(
        ({ part, end, done }) =>
          Number(part) + 1 === added?.value && end > 0 && done === null && trial.view.deadAt(seq),
      ),
    )
    if (killed === undefined || added === undefined || seen === undefined) return undefined
    return {
      grade: 'A',
      says: `events waited on the new partition ${added.value - 1}, without an offset of the group, while no instance ran`,
      events: [killed.seq, added.seq, seen.seq],
    }
  },
  release: (testbed) => testbed.consumed.startAll(),
})
