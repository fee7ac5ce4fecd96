import { setTimeout as pause } from 'node:timers/promises'
import { log } from '../service/log.ts'
import type { Member } from './member.ts'
import type { Positions } from './positions.ts'
import type { Reader } from './reader.ts'
import type { ConsumedRecord } from './record.ts'
import type { ConsumerSettings } from './settings.ts'
import { type Handle, work } from './work.ts'

/** Milliseconds that a fetch waits for records; the default of Kafka's own clients. */
const PATIENCE = 500

/** What a round of a member's work needs. */
export interface RoundParts {
  readonly settings: ConsumerSettings
  readonly handle: Handle
  readonly dueAt: (record: ConsumedRecord) => number
  readonly member: Member
  readonly reader: Reader
  readonly positions: Positions
  /** The consumer is closing: no new records, and no more than the one that is worked on. */
  readonly closing: AbortSignal
}

/**
 * Fetches, works, commits, in this order: no offset is committed past a record that needs more work.
 * @throws what kept a record from being done, after what is done was committed
 */
export async function round(parts: RoundParts): Promise<void> {
  const records = await poll(parts)
  await parts.positions.busyWith(records, async () => {
    const { done, failures } = await inTime(parts, records)
    parts.positions.settle(records, done)
    await commit(parts)
    if (failures.length > 0) throw failures[0]
  })
}

/** Records that are due; none when none came within half a second. Begins with partitions that are new. */
export async function poll(parts: RoundParts): Promise<readonly ConsumedRecord[]> {
  const { settings, dueAt, member, reader, positions } = parts
  const fresh = positions.missing(member.assigned)
  for (const position of await reader.positions(fresh, member.identity)) positions.add(position)
  // What is new may be gone again by now.
  positions.drop(member.assigned)
  await fetchMore(parts)
  return positions.take(settings.maxPollRecords, Date.now(), dueAt)
}

/** Tells the group what is done, as far as it does not know. */
export async function commit({ member, reader, positions }: RoundParts): Promise<void> {
  const news = positions.all.filter(({ done, committed }) => done !== committed)
  await reader.commit(news, member.identity)
}

/** Fetches what is read up; waits for records only while there is nothing else to do. */
async function fetchMore({ reader, positions, closing }: RoundParts): Promise<void> {
  const now = Date.now()
  const read = positions.all.filter(({ waiting }) => waiting.length === 0)
  const waiting = positions.all.filter(({ waiting }) => waiting.length > 0)
  const patience = Math.max(0, Math.min(PATIENCE, ...waiting.map(({ dueAt }) => dueAt - now)))
  if (read.length === 0) {
    if (patience > 0) await pause(patience, undefined, { signal: closing }).catch(() => {})
    return
  }
  for (const [name, { records, next }] of await reader.fetch(read, patience)) {
    const position = positions.get(name)
    if (position === undefined) continue
    position.next = next
    position.waiting.push(...records)
    if (records.length === 0) position.done = next
  }
}

/** A round that takes longer than max.poll.interval goes on, but its partitions go to others, as with Kafka's clients. */
async function inTime(
  { settings, handle, member, positions, closing }: RoundParts,
  records: readonly ConsumedRecord[],
) {
  const overdue = setTimeout(() => {
    log('the work takes too long; the group goes on without this member', { group: settings.group })
    void member[Symbol.asyncDispose]()
    void positions.keepOnly([], 0)
  }, settings.maxPollInterval)
  try {
    return await work(records, settings.workers, handle, closing)
  } finally {
    clearTimeout(overdue)
  }
}
