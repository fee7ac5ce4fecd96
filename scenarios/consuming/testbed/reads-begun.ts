import type { WireSeen } from '../../../kafka-wire/seen.ts'
import type { NewEvent } from '../../../proof/history/event.ts'
import type { Patience } from '../../testbed/patience.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { readsAll, readsUnseen } from '../view/first-read.ts'

/** Milliseconds in which the members of a group that works have found each other and begun to read. */
const COME = 10_000
/** Milliseconds in which a member fetches from what it was given. After them its fetches take a way that is not seen. */
const FETCHED = 2_000
/** Milliseconds between two looks. */
const LOOK = 10

/**
 * Resolves when the group has a position in each partition of its topic, at the latest when it should have: sooner where
 * it has its partitions and nothing that it asks the broker for is seen.
 */
export async function readsBegun(view: ConsumerView, patience: Patience, fetched = FETCHED): Promise<void> {
  const { topic } = view.plan.consumer
  let unseen = 0
  const begun = () => {
    const partitions = view.topics.main.partitions?.count ?? 0
    unseen = readsUnseen(view, topic, partitions) ? unseen + 1 : 0
    return unseen * LOOK > fetched || readsAll(view, topic, partitions)
  }
  await patience.within(`readers of ${topic}`, begun, { deadline: COME, every: LOOK })
}

/** Writes down, once a client and partition of the topic, from which offset on it reads. */
export function recordReadsBegun(topic: string, record: (event: NewEvent) => void): (seen: WireSeen) => void {
  const known = new Set<string>()
  return (seen) => {
    if (seen.from !== 'client' || seen.api !== 'fetch') return
    const { clientId: client } = seen
    for (const { topic: name, partition, offset } of seen.positions) {
      const subject = `${name}/${partition}`
      const line = `${subject} ${client}`
      if (name !== topic || offset < 0 || known.has(line)) continue
      known.add(line)
      record({ kind: 'fact', name: 'partition.read', subject, value: { client, offset } })
    }
  }
}
