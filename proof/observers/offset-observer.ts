import type { BrokerConnection } from '../../kafka-wire/broker-connection.ts'
import { type OffsetRecord, readOffsetRecord } from '../../kafka-wire/offset-records.ts'
import type { RecordBatch } from '../../kafka-wire/record-batch.ts'
import type { NewEvent } from '../history/event.ts'
import { GroupTopics, partitionsOf } from './group-topics.ts'
import { GroupView } from './group-view.ts'
import { gapAt, type LogPosition, LogReader, missingOffsets } from './log-reader.ts'

export const OFFSETS_TOPIC = '__consumer_offsets'

export interface OffsetObserverOptions {
  /** An unproxied listener. */
  readonly bootstrapServers: string
  /** The groups that are wanted. */
  readonly groups: readonly string[]
  /** Topics on which the commits of any group are wanted: retries may be read by groups that nobody declares. */
  readonly topics?: readonly string[]
  readonly record: (event: NewEvent) => void
}

interface Watched {
  readonly view: GroupView
  /** The state that was told last, as JSON. */
  told: string
  /** Position of the last record that may have changed the view; undefined: it has been told. */
  changed: number | undefined
  /** A new epoch is among what changed. */
  newEpoch: boolean
}

type Positioned = { readonly position: number; readonly record: OffsetRecord }

/**
 * Reads the broker's own log of groups, `__consumer_offsets`, from offset 0: every commit of an offset and every
 * generation, in the one order that the broker gave them. A group lives in one partition, so positions of a group
 * rise strictly but for offsets that a Kafka transaction commits: they count from its end marker on.
 *
 * Unlike a description that is asked for now and then, it misses nothing between two looks.
 */
export class OffsetObserver implements AsyncDisposable {
  readonly #record: (event: NewEvent) => void
  readonly #groups = new Map<string, Watched>()
  readonly #committed: ReadonlySet<string>
  readonly #topics = new GroupTopics()
  readonly #reader: LogReader
  /** Commits inside a transaction that is open, by partition and producer. */
  readonly #open = new Map<string, OffsetRecord[]>()

  private constructor({ bootstrapServers, groups, topics = [], record }: OffsetObserverOptions) {
    this.#record = record
    this.#committed = new Set(topics)
    for (const group of groups) {
      this.#groups.set(group, { view: new GroupView(), told: '', changed: undefined, newEpoch: false })
    }
    this.#reader = new LogReader({
      bootstrapServers,
      name: 'the offset observer',
      // The topic comes into being with the first group; until then there is nothing to be seen.
      partitions: async (broker) =>
        (await partitionsOf(broker, OFFSETS_TOPIC)).map((partition) => ({ topic: OFFSETS_TOPIC, partition })),
      take: (batch, at, broker) => this.#take(batch, at, broker),
      unreadable: (error, at) => record(gapAt(error, at)),
    })
  }

  static open(options: OffsetObserverOptions): OffsetObserver {
    return new OffsetObserver(options)
  }

  /**
   * Waits until every commit that was acknowledged before this call is in the history, and records how far each
   * partition was read. @throws {DeadlinePassed}
   */
  async fence(deadline = 15_000): Promise<void> {
    for (const { topic, partition, next } of await this.#reader.fence(deadline)) {
      this.#record({ kind: 'k.end', topic, partition, from: 0, end: next })
    }
  }

  async #take(batch: RecordBatch, at: LogPosition, broker: BrokerConnection): Promise<void> {
    const fresh = batch.records.filter(({ offset }) => offset >= at.next)
    const read = fresh.flatMap(({ offset, key, value }): Positioned[] => {
      if (key === null || batch.control) return []
      const record = readOffsetRecord(
        key,
        value,
        (group, topic) => this.#groups.has(group) || this.#committed.has(topic ?? ''),
      )
      return record ? [{ position: offset, record }] : []
    })
    // Asked before anything is told: a broker that dies meanwhile makes us take the whole batch again.
    const ids = read.flatMap(({ record }) => (record.kind === 'owned' ? (record.owned ?? []) : []))
    await this.#topics.learn(broker, new Set(ids.map(({ topicId }) => topicId)))

    this.#lookForGaps(batch, at)
    const transaction = `${at.partition} ${batch.producerId}`
    if (batch.control) {
      const [marker] = fresh
      if (marker) this.#end(transaction, marker.key?.readInt16BE(2) === 1, marker.offset)
    } else if (batch.transactional) {
      this.#open.set(transaction, [
        ...(this.#open.get(transaction) ?? []),
        ...read.map(({ record }) => record),
      ])
    } else for (const { record, position } of read) this.#apply(record, position)
    for (const [group, watched] of this.#groups) this.#tell(group, watched)
  }

  /** Key of a control record: int16 version, int16 type (0 abort, 1 commit). */
  #end(transaction: string, committed: boolean, position: number): void {
    const records = this.#open.get(transaction) ?? []
    this.#open.delete(transaction)
    if (committed) for (const record of records) this.#apply(record, position)
  }

  #apply(record: OffsetRecord, position: number): void {
    const watched = this.#groups.get(record.group)
    if (record.kind === 'commit') {
      // What happened to the group before comes before.
      if (watched) this.#tell(record.group, watched)
      const { group, topic, partition, offset } = record
      this.#record({ kind: 'k.commit', group, topic, partition, offset: offset ?? -1, position })
      return
    }
    if (watched === undefined) return
    // Several operations may share a batch: no epoch is told as part of the next one.
    if (record.kind === 'epoch' && watched.newEpoch) this.#tell(record.group, watched)
    watched.view.apply(record)
    watched.changed = position
    watched.newEpoch ||= record.kind === 'epoch'
    if (record.kind === 'generation') this.#tell(record.group, watched)
  }

  #tell(group: string, watched: Watched): void {
    const { changed: position } = watched
    if (position === undefined) return
    watched.changed = undefined
    watched.newEpoch = false
    const state = watched.view.state((id) => this.#topics.nameOf(id))
    const told = JSON.stringify(state)
    if (state === undefined || told === watched.told) return
    watched.told = told
    this.#record({ kind: 'k.group', group, ...state, position })
  }

  /** The topic is compacted: what was superseded before we came may be gone, and no event of ours was among it. */
  #lookForGaps(batch: RecordBatch, at: LogPosition): void {
    for (const { from, to } of missingOffsets(batch, Math.max(at.next, at.begun ?? 0))) {
      const reason = `${OFFSETS_TOPIC}/${at.partition}: offsets ${from} to ${to - 1} are gone`
      this.#record({ kind: 'observer.gap', observer: 'offsets', reason })
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#reader[Symbol.asyncDispose]()
  }
}
