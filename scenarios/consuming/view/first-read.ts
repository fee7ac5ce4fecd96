import { type Fact, factsOf } from '../../../proof/history/recorded-fact.ts'
import type { ConsumerView } from './consumer-view.ts'
import type { Place } from './group-log.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** A client fetched from a partition, `topic/partition`, for the first time: from which offset on. */
    'partition.read': { readonly client: string; readonly offset: number }
  }
}

type Reads = Pick<ConsumerView, 'facts' | 'group'>

/** Where the group began to read a partition. A request does not name the group, so its members are known by the names of their clients. */
export function firstRead(
  { facts, group }: Reads,
  { topic, partition }: Omit<Place, 'offset'>,
): Fact<'partition.read'> | undefined {
  const members = new Set(
    group.generations.flatMap((generation) => generation.members.map(({ clientId }) => clientId)),
  )
  return factsOf(facts, 'partition.read').find(
    ({ subject, value }) =>
      subject === `${topic}/${partition}` && (members.size === 0 || members.has(value.client)),
  )
}

/** Somebody of the group has a position in each partition: what comes from now on, it will come to. */
export function readsAll(view: Reads, topic: string, partitions: number): boolean {
  return Array.from({ length: partitions }, (_, partition) => partition).every(
    (partition) =>
      view.group.commitsOf(topic, partition).length > 0 ||
      firstRead(view, { topic, partition }) !== undefined,
  )
}
