import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { messageOf } from '../core/error.ts'
import type { HistoryEvent } from '../proof/history/event.ts'
import { RunUnreadable } from './run-unreadable.ts'

/**
 * Streams a history and parses the lines that are `needed`; the others cost little more than reading them.
 * @throws {RunUnreadable} for a missing history or a damaged line; an unfinished last line (the writer died)
 * is passed over.
 */
export async function* historyEvents(
  path: string,
  needed: (line: string) => boolean,
): AsyncGenerator<{ readonly event: HistoryEvent; readonly line: string }> {
  let damaged: number | undefined
  let number = 0
  for await (const line of lines(path)) {
    number += 1
    if (damaged !== undefined) throw damage(path, damaged)
    if (!needed(line)) continue
    const event = parsed(line)
    if (event === undefined) damaged = number
    else yield { event, line }
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
    const event = JSON.parse(line) as HistoryEvent
    const { seq, at, kind, scenario } = event
    const whole =
      Number.isFinite(seq) && Number.isFinite(at) && typeof kind === 'string' && typeof scenario === 'string'
    return whole ? event : undefined
  } catch {
    return undefined
  }
}

async function* lines(path: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  } catch (cause) {
    throw new RunUnreadable('the history can’t be read', { what: messageOf(cause), where: path, cause })
  }
}
