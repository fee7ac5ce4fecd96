import { textAt } from '../../../proof/history/column-place.ts'
import { columnText } from '../../../proof/history/column-text.ts'
import type { Fields } from '../../../proof/history/event.ts'
import { carries } from '../../../proof/history/json-content.ts'
import type { WrongPlace } from '../../testbed/wrong-place.ts'
import type { PublishedRecord } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { everywhere, nameOf, spelled } from './row-places.ts'

/** Records that are looked at: two sequences that count alike part sooner or later. */
const ENOUGH = 200

/**
 * Records bear another id than the declared one of the row that they were made of, as their payloads tell, and it stands in
 * another place of each of these rows. What several rows have in common is no id: a relay that takes it for one is wrong.
 *
 * @param rows of the outbox, as they were inserted
 */
export function otherIds({ plan, records }: PublisherView, rows: readonly Fields[]): WrongPlace | undefined {
  const { outbox, topic } = plan.publisher
  if (outbox?.payload === undefined) return undefined
  const { id: declared, payload } = outbox
  const madeOf =
    ({ record }: PublishedRecord) =>
    (row: Fields) =>
      carries(record.value, columnText(row[payload] ?? null)) === true
  const byId = new Map(rows.map((row) => [textAt(row, declared), row]))
  let parted: PublishedRecord | undefined
  const pairs = records.slice(0, ENOUGH).flatMap((one) => {
    const { id } = one
    if (id === undefined) return []
    const named = byId.get(id)
    if (named !== undefined && madeOf(one)(named)) return [{ id, row: everywhere(named) }]
    const made = rows.filter(madeOf(one))
    const [row] = made
    if (row === undefined || made.length > 1) return []
    parted ??= one
    return [{ id, row: everywhere(row) }]
  })
  if (parted === undefined) return undefined
  const all = rows.map(everywhere)
  const isOwn = (name: string) => new Set(all.map((row) => row[name])).size === all.length
  const place = Object.keys(pairs[0]?.row ?? {}).find(
    (name) => isOwn(name) && pairs.every(({ id, row }) => row[name] === id),
  )
  if (place === undefined) return undefined
  const { offset, partition } = parted.record
  return {
    field: 'outbox.id',
    says: `the record at ${topic}/${partition}@${offset} bears the id ${parted.id}, and the row with its payload has another one in ${spelled(nameOf(declared))}; what records bear stands in ${spelled(place)}`,
    advice: `declare outbox.id: ${spelled(place)}`,
  }
}
