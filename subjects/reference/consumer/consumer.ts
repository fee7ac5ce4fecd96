import { setTimeout as pause } from 'node:timers/promises'
import { type Backoff, backoff } from '../service/backoff.ts'
import { log, textOf } from '../service/log.ts'
import { joinGroup } from './member.ts'
import { Positions } from './positions.ts'
import { openReader } from './reader.ts'
import type { ConsumedRecord, TopicPartition } from './record.ts'
import { type RoundParts, round } from './round.ts'
import type { ConsumerSettings } from './settings.ts'
import type { Handle } from './work.ts'

export interface ConsumerParts {
  readonly settings: ConsumerSettings
  readonly handle: Handle
  /** Milliseconds since 1970 before which a record is not worked on; its partition is held until then. */
  readonly dueAt?: (record: ConsumedRecord) => number
  /** What a member does again and again; {@link round} by default. */
  readonly round?: (parts: RoundParts) => Promise<void>
}

export interface RunningConsumer extends AsyncDisposable {
  /** Whether it belongs to its group and reads what it was given there. */
  readonly reading: boolean
}

/**
 * Until it is disposed of, a member of the group that works on records. Whatever breaks is made anew, and records
 * that were not done come again. Disposing lets records that are worked on end, commits, and leaves the group.
 */
export function startConsumer(parts: ConsumerParts): RunningConsumer {
  const closing = new AbortController()
  const status: Status = { reading: () => false }
  const ended = run(parts, status, closing.signal)
  return {
    get reading() {
      return status.reading()
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      await ended
    },
  }
}

interface Status {
  reading: () => boolean
}

async function run(parts: ConsumerParts, status: Status, closing: AbortSignal): Promise<void> {
  const pauses = backoff()
  while (!closing.aborted) {
    await asMember(parts, status, pauses, closing).catch((error) =>
      after(error, 'the group is joined again', parts, pauses, closing),
    )
  }
}

/** From joining the group until it no longer counts on this member, or the consumer closes. */
async function asMember(
  parts: ConsumerParts,
  status: Status,
  pauses: Backoff,
  closing: AbortSignal,
): Promise<void> {
  const { settings, handle, dueAt = () => 0 } = parts
  const positions = new Positions()
  // No heartbeat is sent while it is waited for: half a session is what it may take.
  const beforeLosing = (kept: readonly TopicPartition[]) =>
    positions.keepOnly(kept, settings.sessionTimeout / 2)
  await using member = await joinGroup(settings, beforeLosing, closing)
  let reader = openReader(settings)
  let well = true
  status.reading = () => well && member.belongs && positions.missing(member.assigned).length === 0
  try {
    while (member.belongs && !closing.aborted) {
      try {
        await (parts.round ?? round)({ settings, handle, dueAt, member, reader, positions, closing })
        pauses.reset()
        well = true
      } catch (error) {
        well = false
        await reader[Symbol.asyncDispose]()
        reader = openReader(settings)
        await after(error, 'records are taken up again', parts, pauses, closing)
      }
    }
  } finally {
    status.reading = () => false
    await reader[Symbol.asyncDispose]()
  }
}

async function after(
  error: unknown,
  what: string,
  { settings }: ConsumerParts,
  pauses: Backoff,
  closing: AbortSignal,
) {
  log(what, { group: settings.group, error: textOf(error) })
  await pause(pauses.next(), undefined, { signal: closing }).catch(() => {})
}
