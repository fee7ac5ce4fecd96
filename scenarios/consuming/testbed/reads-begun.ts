import type { WireSeen } from '../../../kafka-wire/seen.ts'
import type { NewEvent } from '../../../proof/history/event.ts'
import type { Patience } from '../../testbed/patience.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { readsAll } from '../view/first-read.ts'

/** Milliseconds in which the members of a group that works have found each other and begun to read. */
const COME = 10_000

/** Resolves when the group has a position in each partition of its topic, at the latest when it should have. */
export async function readsBegun(view: ConsumerView, patience: Patience): Promise<void> {
  const { topic } = view.plan.consumer
  const begun = () => readsAll(view, topic, view.topics.main.partitions?.count ?? 0)
  await patience.within(`readers of ${topic}`, begun, { deadline: COME, every: 10 })
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
