import { createReadStream } from 'node:fs'
import { messageOf } from '../core/error.ts'
import type { HistoryEvent } from '../proof/history/event.ts'
import { inPresentWords } from '../proof/history/former-words.ts'
import { RunUnreadable } from './run-unreadable.ts'

/** Picks events from a history that is read once for all of its readers. */
export interface HistoryReader {
  /**
   * Whether it needs the event on this line. Decided by the text, in the words of whatever version wrote it: a line
   * that no reader needs is not parsed, so a long history costs little more than reading it.
   */
  wants(seq: number, line: string): boolean
  /** Each event that it wanted, in order. */
  take(event: HistoryEvent, line: string): void
}

/** Bytes that are read at a time. */
const CHUNK = 1 << 20

/**
 * Reads a history once, with a bounded amount of memory.
 * @throws {RunUnreadable} for a missing history or a damaged line; an unfinished last line (the writer died)
 * is passed over.
 */
export async function readThrough(path: string, readers: readonly HistoryReader[]): Promise<void> {
  let damaged: number | undefined
  let number = 0
  for await (const line of lines(path)) {
    number += 1
    if (damaged !== undefined) throw damage(path, damaged)
    const seq = Number(/"seq":\s*(\d+)/.exec(line)?.[1] ?? -1)
    const wanting = readers.filter((reader) => reader.wants(seq, line))
    if (wanting.length === 0) continue
    const event = parsed(line)
    if (event === undefined) damaged = number
    else for (const reader of wanting) reader.take(event, line)
  }
}

function damage(path: string, line: number): RunUnreadable {
  return new RunUnreadable('the history is damaged', {
    what: `line ${line} is not an event`,
    where: path,
    hint: '`eventproof verify` lists the files that were changed since the run',
  })
}

function parsed(line: string): HistoryEvent | undefined {
  try {
    const event = inPresentWords(JSON.parse(line)) as unknown as HistoryEvent
    const { seq, at, kind, scenario } = event
    const whole =
      Number.isFinite(seq) && Number.isFinite(at) && typeof kind === 'string' && typeof scenario === 'string'
    return whole ? event : undefined
  } catch {
    return undefined
  }
}

async function* lines(path: string): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK })) {
      const parts: string[] = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      yield* parts
    }
  } catch (cause) {
    throw new RunUnreadable('the history can’t be read', { what: messageOf(cause), where: path, cause })
  }
  if (rest !== '') yield rest
}
