import { deletesKey } from '../../../proof/history/cloud-event.ts'
import type { OnTopic } from '../../predicates/predicate.ts'
import type { PublishedRecord } from './expected-event.ts'

/** Visible records, but for those that delete a key: all of them are the publisher's. */
export function onTopics(records: readonly PublishedRecord[]): readonly OnTopic[] {
  return records
    .filter(({ fate, record }) => fate === 'visible' && !deletesKey(record))
    .map((record) => ({ ...record, by: 'subject' }))
}
