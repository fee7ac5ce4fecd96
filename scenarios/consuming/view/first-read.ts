import { appended } from '../../../proof/history/appended.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { type Fact, isFact } from '../../../proof/history/recorded-fact.ts'
import { type GroupLog, ownersOf, type Place } from './group-log.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** A client fetched from a partition, `topic/partition`, for the first time: from which offset on. */
    'partition.read': { readonly client: string; readonly offset: number }
  }
}

type Read = Fact<'partition.read'>

/** Where clients began to read, by partition. */
export class FirstReads {
  readonly #byPlace = new Map<string, readonly Read[]>()

  add(fact: EventOf<'fact'>): void {
    if (!isFact(fact, 'partition.read')) return
    this.#byPlace.set(fact.subject, appended(this.#byPlace.get(fact.subject) ?? [], fact))
  }

  of({ topic, partition }: Omit<Place, 'offset'>): readonly Read[] {
    return this.#byPlace.get(`${topic}/${partition}`) ?? []
  }
}

/** What a consumer's view knows of it. */
interface Reads {
  readonly reads: FirstReads
  readonly group: GroupLog
}

/** And of what clients asked for. */
interface Seen extends Reads {
  readonly plan: { readonly consumer: { readonly group: string } }
  readonly asked: readonly Pick<EventOf<'k.asked'>, 'group'>[]
}

/** Where the group began to read a partition. A request does not name the group, so its members are known by the names of their clients. */
export function firstRead({ reads, group }: Reads, place: Omit<Place, 'offset'>): Read | undefined {
  const { clientIds } = group
  return reads.of(place).find(({ value }) => clientIds.size === 0 || clientIds.has(value.client))
}

/** Somebody of the group has a position in each partition: what comes from now on, it will come to. */
export function readsAll(view: Reads, topic: string, partitions: number): boolean {
  return placesOf(topic, partitions).every((place) => hasPosition(view, place))
}

/** Each partition has an owner, and nobody of the group was seen reading any, or asking for anything. */
export function readsUnseen(view: Seen, topic: string, partitions: number): boolean {
  const last = view.group.generations.at(-1)
  if (view.asked.some(({ group }) => group === view.plan.consumer.group)) return false
  if (last === undefined || ownersOf(last, topic).size < Math.max(1, partitions)) return false
  return !placesOf(topic, partitions).some((place) => hasPosition(view, place))
}

function placesOf(topic: string, partitions: number): readonly Omit<Place, 'offset'>[] {
  return Array.from({ length: partitions }, (_, partition) => ({ topic, partition }))
}

function hasPosition(view: Reads, place: Omit<Place, 'offset'>): boolean {
  return view.group.commitsOf(place.topic, place.partition).length > 0 || firstRead(view, place) !== undefined
}
