import type { PartLook } from '../../../proof/history/backlog-kinds.ts'
import { window } from '../window.ts'

/** Events on the new partition. */
const EVENTS = 7

/**
 * LW2: no consumer runs, the topic gets one partition more, and events come there, under load. When the broker has let
 * the last member go, what the group has committed expires. Then all instances come back at once, and the group gives
 * out what there is.
 */
export const partitionAdded = window({
  id: 'LW2',
  phrase: 'a partition is added and offsets expire while nobody consumes',
  title: 'a partition is added, offsets expire, and nobody consumes',
  held: 'SIGKILL of every instance; the broker adds a partition, where events come, and deletes what the group has committed',
  shown:
    'the broker’s own offsets: events waited on a partition that is new, and on all without an offset of the group',
  needs: { capabilities: ['kill-service'], consumers: 2, expiry: true },
  faults: ['kill'],
  once: true,
  async enter(testbed) {
    const { consumed } = testbed
    await consumed.killAll()
    await consumed.put(EVENTS, await consumed.addPartition())
    await testbed.hold()
    await consumed.expireOffsets()
    await testbed.looked()
  },
  entered(trial) {
    const killed = trial.first('fault.took-effect')
    const added = trial.facts('topic.partitions')[0]
    const isNew = ({ part }: PartLook) => Number(part) + 1 === added?.value
    const unread = ({ end, done }: PartLook) => end > 0 && done === null
    const seen = (parts: (parts: readonly PartLook[]) => boolean) =>
      trial.first('backlog.look', (look) => parts(look.parts) && trial.view.deadAt(look.seq))
    const first = seen((parts) => parts.some((one) => isNew(one) && unread(one)))
    const expired = seen(
      (parts) => parts.every(({ done }) => done === null) && parts.filter(unread).length > 1,
    )
    if (killed === undefined || added === undefined || first === undefined || expired === undefined)
      return undefined
    return {
      grade: 'A',
      says: `events waited on the new partition ${added.value - 1}, and then on all without an offset of the group, while no instance ran`,
      events: [killed.seq, added.seq, first.seq, expired.seq],
    }
  },
  release: (testbed) => testbed.consumed.startAll(),
})
