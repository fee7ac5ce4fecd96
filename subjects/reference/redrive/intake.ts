import type { Pool } from 'pg'
import type { Handle } from '../consumer/work.ts'
import { keep } from './archive.ts'
import { deadLetter } from './dead-letter.ts'

/** Takes dead letters from their topic into the archive, where they wait as long as it takes. */
export function intake(database: Pool, originalTopic: string): Handle {
  return async (records, done) => {
    await keep(
      database,
      records.map((record) => deadLetter(record, originalTopic)),
    )
    for (const record of records) done(record)
  }
}
