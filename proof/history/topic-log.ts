import type { EventOf } from './event.ts'
import type { LoggedRecord } from './logged-record.ts'
import { PartitionLog } from './partition-log.ts'

/** What a log has to tell since it was asked last. */
export interface LogNews<R> {
  /** Records that were read, in the order of reading; their fate may be `open`. */
  readonly read: readonly R[]
  /** Records whose fate was open when they were told. */
  readonly decided: readonly R[]
}

/** One topic as the log observer read it: each offset once, in order, with the outcome of Kafka transactions. */
export class TopicLog<R extends LoggedRecord = LoggedRecord> {
  readonly #partitions = new Map<number, PartitionLog<R>>()
  #read: R[] = []
  #decided: R[] = []
  #told = 0
  #records: readonly R[] | undefined
  /** How often something came before what was told already: whoever keeps what was told has to begin anew. */
  disorders = 0
  /** Grows with everything that is read. */
  version = 0

  /** @param kept the record, or the events in it where it holds several */
  add({ partition, offset, transactional, producerId }: EventOf<'k.record'>, kept: R | readonly R[]): void {
    const records = Array.isArray(kept) ? (kept as readonly R[]) : [kept as R]
    const log = this.#partition(partition)
    if (log.add(offset, records, transactional ? producerId : undefined)) this.#news(log, records)
  }

  addControl(event: EventOf<'k.control'>): void {
    const log = this.#partition(event.partition)
    const decided = log.addControl(event)
    if (decided === undefined) return
    for (const record of decided) this.#decided.push(record)
    this.#news(log)
  }

  /** Offsets that compaction has taken away are accounted for, and hold nothing. */
  addRemoved({ partition, from, to }: EventOf<'k.removed'>): void {
    if (from >= to) return
    const log = this.#partition(partition)
    log.addRemoved(from, to)
    this.#news(log)
  }

  /** What is new since the last call. */
  news(): LogNews<R> {
    const [read, decided] = [this.#read, this.#decided]
    this.#read = []
    this.#decided = []
    if (read.length === 0 || decided.length === 0) return { read, decided }
    const untold = new Set(read)
    return { read, decided: decided.filter((record) => !untold.has(record)) }
  }

  /** Tells every record again, as if it had been read just now. */
  tellAgain(): void {
    this.#read = [...this.records]
    this.#decided = []
  }

  /** Every record by partition and offset. */
  get records(): readonly R[] {
    if (this.#records === undefined || this.#told !== this.version) {
      const logs = this.#inOrder().map(([, { records }]) => records)
      this.#records = logs.length === 1 ? logs[0] : ([] as R[]).concat(...logs)
      this.#told = this.version
    }
    return this.#records as readonly R[]
  }

  /** The first record at an offset. */
  at(partition: number, offset: number): R | undefined {
    return this.#partitions.get(partition)?.at(offset)
  }

  /** How many offsets were read of each partition, or are known to be removed: records and end markers alike. */
  get read(): ReadonlyMap<number, number> {
    return new Map(this.#inOrder().map(([partition, { read }]) => [partition, read]))
  }

  #inOrder(): (readonly [number, PartitionLog<R>])[] {
    return [...this.#partitions].sort(([a], [b]) => a - b)
  }

  #partition(partition: number): PartitionLog<R> {
    let log = this.#partitions.get(partition)
    if (log === undefined) {
      log = new PartitionLog()
      this.#partitions.set(partition, log)
    }
    return log
  }

  #news(log: PartitionLog<R>, records: readonly R[] = []): void {
    this.version++
    for (const record of records) this.#read.push(record)
    this.disorders += log.takeDisorder() ? 1 : 0
  }
}
