import type { PublishedRecord } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** The place behind everything that was read of a partition. */
export function endOf(view: PublisherView, partition: number): number {
  return view.records.reduce(
    (end, { record }) => (record.partition === partition ? Math.max(end, record.offset + 1) : end),
    view.coverage.ends.get(partition)?.end ?? 0,
  )
}

/** Every record that was read of an event, also those that are not visible. */
export function copiesOf(view: PublisherView, { expected }: PublishedRecord): number[] {
  return view.records.filter((record) => record.expected === expected).map(({ record }) => record.seq)
}
