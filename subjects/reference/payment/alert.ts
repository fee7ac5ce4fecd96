import {
  ATTEMPTS,
  EXCEPTION_CLASS,
  EXCEPTION_MESSAGE,
  ORIGINAL_OFFSET,
  ORIGINAL_PARTITION,
  ORIGINAL_TOPIC,
} from '../consumer/forwarded.ts'
import { type ConsumedRecord, header, place } from '../consumer/record.ts'
import type { Handle } from '../consumer/work.ts'
import { log } from '../service/log.ts'

/** Tells somebody about a dead letter. @throws when nobody was told */
export type Alert = (record: ConsumedRecord) => Promise<void>

/**
 * Raises an alert for every dead letter, and for none of them less than once: what can't be told now is told later.
 * Nothing is written to a topic, whatever fails: dead letters make no dead letters.
 */
export function alertAll(alert: Alert): Handle {
  return async (records, done, closing) => {
    for (const record of records) {
      if (closing.aborted) return
      log('a dead letter arrived', tidings(record))
      await alert(record)
      done(record)
    }
  }
}

/** Without an address the log is all there is. */
export function webhook(url: string | undefined): Alert {
  return async (record) => {
    if (url === undefined) return
    const { ok, status } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ alert: 'dead-letter', ...tidings(record) }),
      signal: AbortSignal.timeout(3000),
    })
    if (!ok) throw new Error(`the alert was answered with ${status}`)
  }
}

/** What somebody who is woken up wants to know. */
function tidings(record: ConsumedRecord) {
  return {
    record: place(record),
    key: record.key?.toString() ?? null,
    eventId: header(record, 'eventId') ?? null,
    originalTopic: header(record, ORIGINAL_TOPIC),
    originalPartition: header(record, ORIGINAL_PARTITION),
    originalOffset: header(record, ORIGINAL_OFFSET),
    attempts: header(record, ATTEMPTS),
    errorClass: header(record, EXCEPTION_CLASS),
    error: header(record, EXCEPTION_MESSAGE),
  }
}
