import type { EventOf } from '../../../proof/history/event.ts'
import { at, isObject, parsed } from '../../../proof/history/json-content.ts'
import type { PublishedRecord } from './expected-event.ts'

/**
 * The events of a record that holds several, in their order: each as if it were a record of its own at the same place.
 * What an event has beside its data (its id, its type, its trace) stands for headers, as in a batch of CloudEvents.
 * A record without such a list is left as it is.
 * @param list JSON path of the list in the record's value
 */
export function unpacked(
  published: PublishedRecord,
  list: string,
  idOf: (record: EventOf<'k.record'>) => string | undefined,
): readonly PublishedRecord[] {
  const items = at(parsed(published.record.value), list)
  if (!Array.isArray(items)) return [published]
  return items.map((item, index) => {
    const headers = { ...published.record.headers, ...attributesOf(item) }
    const record = { ...published.record, value: JSON.stringify(item), headers }
    return { ...published, record, id: idOf(record), index }
  })
}

function attributesOf(item: unknown): Record<string, string> {
  if (!isObject(item)) return {}
  return Object.fromEntries(
    Object.entries(item).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
