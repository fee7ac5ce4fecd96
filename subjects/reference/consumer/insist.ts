import { setTimeout as pause } from 'node:timers/promises'
import { backoff } from '../service/backoff.ts'
import { log, textOf } from '../service/log.ts'
import type { RecordProducer, RecordToSend } from './producer.ts'

/**
 * Sends a record again and again until it is acknowledged: the one that it was made of must not count as done
 * before. Only that is repeated; the work that failed is not tried again meanwhile.
 * @throws the last error when the consumer closes first
 */
export async function insist(
  producer: RecordProducer,
  record: RecordToSend,
  closing: AbortSignal,
): Promise<void> {
  const pauses = backoff()
  for (;;) {
    try {
      return await producer.send(record)
    } catch (error) {
      log('not stored, sent again', { topic: record.topic, error: textOf(error) })
      if (closing.aborted) throw error
      await pause(pauses.next(), undefined, { signal: closing }).catch(() => {})
    }
  }
}
