import { open } from 'node:fs/promises'
import { EventproofError, messageOf } from '../../core/error.ts'
import type { HistoryEvent } from './event.ts'
import { inPresentWords } from './former-words.ts'
import { type FieldShape, fits, SHAPES } from './shapes.ts'

/** A line of a history is not an event. */
export class HistoryDamaged extends EventproofError {
  override readonly code = 'EVENTPROOF_HISTORY_DAMAGED'
  override readonly exitCode = 2
}

/** A place where a history is not whole. */
export interface HistoryGap {
  readonly line: number
  readonly says: string
}

export interface History {
  /** Events of each scenario, in order. */
  readonly scenarios: ReadonlyMap<string, readonly HistoryEvent[]>
  readonly events: number
  /** A last line that was cut, lines that are missing: the evidence is not whole. */
  readonly gaps: readonly HistoryGap[]
}

const FIELDS = new Map<string, readonly (readonly [string, FieldShape])[]>(
  Object.entries(SHAPES).map(([kind, fields]) => [kind, Object.entries(fields)]),
)
const CHUNK = 1 << 20

/**
 * Reads a whole history. Holes are told as gaps: a writer that was killed cuts its last line.
 * @throws {HistoryDamaged} with file and line, for a line that is no event or out of order.
 */
export async function readHistory(file: string): Promise<History> {
  const scenarios = new Map<string, HistoryEvent[]>()
  const gaps: HistoryGap[] = []
  let events = 0
  for await (const batch of streamHistory(file, (gap) => gaps.push(gap))) {
    for (const event of batch) {
      events++
      const same = scenarios.get(event.scenario)
      if (same === undefined) scenarios.set(event.scenario, [event])
      else same.push(event)
    }
  }
  return { scenarios, events, gaps }
}

/**
 * The events of a history in batches, with a bounded amount of memory.
 * @throws {HistoryDamaged} with file and line.
 */
export async function* streamHistory(
  file: string,
  onGap: (gap: HistoryGap) => void = () => {},
): AsyncGenerator<readonly HistoryEvent[]> {
  await using handle = await open(file)
  const buffer = Buffer.allocUnsafe(CHUNK)
  let rest: Buffer[] = []
  let line = 0
  let seq: number | undefined
  const take = (text: string): HistoryEvent[] => {
    const batch: HistoryEvent[] = []
    for (const part of text.split('\n')) {
      const event = parse(part, file, ++line)
      if (seq !== undefined && event.seq <= seq)
        throw damaged(file, line, `seq ${event.seq} comes after ${seq}`)
      if (event.seq !== (seq ?? 0) + 1) {
        onGap({ line, says: `events ${(seq ?? 0) + 1} to ${event.seq - 1} are missing before this line` })
      }
      seq = event.seq
      batch.push(event)
    }
    return batch
  }
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK)
    if (bytesRead === 0) break
    const newline = buffer.subarray(0, bytesRead).lastIndexOf(0x0a)
    if (newline < 0) {
      rest.push(Buffer.from(buffer.subarray(0, bytesRead)))
      continue
    }
    const text = Buffer.concat([...rest, buffer.subarray(0, newline)]).toString()
    rest = newline + 1 < bytesRead ? [Buffer.from(buffer.subarray(newline + 1, bytesRead))] : []
    yield take(text)
  }
  if (rest.length > 0)
    onGap({ line: line + 1, says: 'the last line is cut: the writer ended before its end' })
}

function parse(text: string, file: string, line: number): HistoryEvent {
  let event: Record<string, unknown>
  try {
    event = JSON.parse(text)
  } catch (cause) {
    throw damaged(file, line, messageOf(cause), cause)
  }
  if (typeof event !== 'object' || event === null) throw damaged(file, line, 'it is no object')
  event = inPresentWords(event)
  const fields = FIELDS.get(event.kind as string)
  if (fields === undefined) throw damaged(file, line, `there is no kind ${JSON.stringify(event.kind)}`)
  if (typeof event.seq !== 'number' || typeof event.at !== 'number' || typeof event.scenario !== 'string') {
    throw damaged(file, line, 'seq, at or scenario is missing')
  }
  for (const [name, shape] of fields) {
    if (!fits(event[name], shape)) {
      throw damaged(
        file,
        line,
        `${event.kind} needs ${name} as ${shape}, and has ${JSON.stringify(event[name])?.slice(0, 80)}`,
      )
    }
  }
  return event as unknown as HistoryEvent
}

function damaged(file: string, line: number, what: string, cause?: unknown): HistoryDamaged {
  return new HistoryDamaged('the history is damaged', {
    what,
    where: `${file}:${line}`,
    hint: 'compare it with manifest.json: `eventproof verify` tells which files were changed',
    cause,
  })
}
