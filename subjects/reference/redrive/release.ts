import type { Pool, PoolClient } from 'pg'
import type { RecordProducer, RecordToSend } from '../consumer/producer.ts'
import { place } from '../consumer/record.ts'
import { log } from '../service/log.ts'
import { transaction } from '../service/transaction.ts'
import { claim, type Decision, decided, present, type Selection } from './archive.ts'
import { type DeadLetter, parked, redriven } from './dead-letter.ts'

const BATCH = 100
/** The largest number that the column holds. */
const MANY = 2 ** 31 - 1

export interface ReleaseParts {
  readonly database: Pool
  readonly producer: RecordProducer
  readonly parkingLot: string
  /** After so many redrives that failed a letter is parked. */
  readonly mostRedrives: number
}

/** Lets letters go. Each is sent before it is written down that it was: it may go twice, it never stays behind. */
export interface Release {
  /** Sends letters back to where they failed; resolves with their number. */
  redrive(by: string, eventIds?: readonly string[]): Promise<number>
  /** Puts letters aside that came back too often; resolves with their number. */
  park(): Promise<number>
}

export function release({ database, producer, parkingLot, mostRedrives }: ReleaseParts): Release {
  const letGo = async (
    selection: Selection,
    decision: Decision,
    by: string,
    toSend: (letter: DeadLetter) => RecordToSend,
  ): Promise<number> => {
    // One that fails at once would be back before the last of the others is gone, and go round and round.
    const arrivedBefore = await present(database)
    const move = async (tx: PoolClient) => {
      const letters = await claim(tx, selection, arrivedBefore, BATCH)
      for (const [moved, letter] of letters.entries()) {
        const failure = await producer.send(toSend(letter)).then(() => undefined, wrapped)
        // What was sent before is written down all the same.
        if (failure !== undefined) return { moved, failure }
        await decided(tx, letter.record, decision, by)
        log(decision, { record: place(letter.record), eventId: letter.eventId, by })
      }
      return { moved: letters.length, failure: undefined }
    }
    let sum = 0
    for (;;) {
      const { moved, failure } = await transaction(database, move)
      if (failure !== undefined) throw failure.cause
      if (moved === 0) return sum
      sum += moved
    }
  }

  return {
    redrive: (by, eventIds) =>
      letGo(
        { leastRedrives: 0, mostRedrives: mostRedrives - 1, ...(eventIds && { eventIds }) },
        'redriven',
        by,
        redriven,
      ),
    park: () =>
      letGo({ leastRedrives: mostRedrives, mostRedrives: MANY }, 'parked', 'limit', (letter) =>
        parked(letter, parkingLot),
      ),
  }
}

const wrapped = (cause: unknown) => ({ cause })
