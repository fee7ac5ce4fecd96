import type { Handle } from '../../subjects/reference/consumer/work.ts'
import { fulfill, type Steps } from '../../subjects/reference/fulfillment/fulfill.ts'

export interface Contender {
  readonly name: string
  /** Records worked on at once. */
  readonly workers: number
  /** Events of a round: enough for about two seconds. */
  readonly events: number
  readonly handle: (steps: Steps) => Handle
}

/** The same work with lanes of one record: BEGIN, one statement, COMMIT for each. */
const oneByOne =
  (steps: Steps): Handle =>
  async (records, done, closing) => {
    const handle = fulfill(steps)
    for (const record of records) await handle([record], done, closing)
  }

export const contenders: readonly Contender[] = [
  { name: 'batch', workers: 3, events: 100_000, handle: fulfill },
  { name: 'one transaction a record', workers: 1, events: 3000, handle: oneByOne },
  { name: 'one transaction a record, 3 workers', workers: 3, events: 6000, handle: oneByOne },
]
