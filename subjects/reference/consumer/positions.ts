import { setTimeout as pause } from 'node:timers/promises'
import { type Position, settle, take } from './position.ts'
import { type ConsumedRecord, partitionName, type TopicPartition } from './record.ts'

/** The partitions that a member reads, and the work that is under way on them. */
export class Positions {
  readonly #held = new Map<string, Position>()
  #busy: { readonly on: ReadonlySet<string>; readonly ended: Promise<void> } | undefined

  get all(): readonly Position[] {
    return [...this.#held.values()]
  }

  get(name: string): Position | undefined {
    return this.#held.get(name)
  }

  /** Which of these are not read yet. */
  missing(assigned: readonly TopicPartition[]): readonly TopicPartition[] {
    return assigned.filter((one) => !this.#held.has(partitionName(one)))
  }

  /** Drops what is not among these, at once. */
  drop(assigned: readonly TopicPartition[]): void {
    const names = new Set(assigned.map(partitionName))
    for (const name of this.#held.keys()) if (!names.has(name)) this.#held.delete(name)
  }

  add(position: Position): void {
    this.#held.set(partitionName(position), position)
  }

  take(most: number, now: number, dueAt: (record: ConsumedRecord) => number): readonly ConsumedRecord[] {
    return take(this.all, most, now, dueAt)
  }

  /** Works on records until that has ended, well or not; {@link keepOnly} waits for it. */
  async busyWith(records: readonly ConsumedRecord[], work: () => Promise<void>): Promise<void> {
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    this.#busy = { on: new Set(records.map(partitionName)), ended }
    try {
      await work()
    } finally {
      this.#busy = undefined
      resolve()
    }
  }

  /** What has been done of these records; partitions that were given up in the meantime are passed over. */
  settle(records: readonly ConsumedRecord[], done: ReadonlySet<ConsumedRecord>): void {
    for (const [name, taken] of Map.groupBy(records, partitionName)) {
      const position = this.#held.get(name)
      if (position !== undefined) settle(position, taken, done)
    }
  }

  /** Gives the others up. Work that is under way on one of them may end first, within `patience` milliseconds. */
  async keepOnly(kept: readonly TopicPartition[], patience: number): Promise<void> {
    const names = new Set(kept.map(partitionName))
    const lost = [...this.#held.keys()].filter((name) => !names.has(name))
    const busy = this.#busy
    if (busy !== undefined && lost.some((name) => busy.on.has(name))) {
      const timer = new AbortController()
      const enough = pause(patience, undefined, { signal: timer.signal }).catch(() => {})
      await Promise.race([busy.ended, enough])
      timer.abort()
    }
    this.drop(kept)
  }
}
