import { type Guard, isControlRun, metUnless } from '../../../proof/guards/guard.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** Guard 2: enough events and aggregates, on more than one partition, while the faults were there and after them. */
export const load: Guard<PublisherView> = {
  id: 'load',
  title: 'enough events were in flight',
  otherwise: 'VACUOUS',
  look(evidence) {
    const { view } = evidence
    const { bounds } = view.plan
    const expected = view.expectedEvents()
    const keys = new Set(expected.map(({ key }) => key)).size
    const partitions = new Set(view.records.map(({ record }) => record.partition)).size
    const missing: string[] = []
    if (expected.length < bounds.events) missing.push(`${expected.length} of ${bounds.events} events`)
    if (keys < bounds.keys) missing.push(`${keys} of ${bounds.keys} aggregates`)
    if (partitions < 2 && view.coverage.ends.size > 1)
      missing.push(`${partitions} of ${view.coverage.ends.size} partitions`)
    let flow = ''
    if (!isControlRun(evidence)) {
      const { began, allHealed, faults } = view.disturbances
      const end = allHealed?.seq ?? Number.POSITIVE_INFINITY
      const seqs = expected.map(({ tx }) => tx.event.seq)
      const inFlight = (from: number, to: number) => (seq: number, i: number) =>
        (seq > from && seq < to) || (seq < to && (expected[i]?.records[0]?.record.seq ?? 0) > from)
      const lasting = faults.some((fault) => fault.lasting)
      const during = seqs.filter(inFlight(began, lasting ? Number.POSITIVE_INFINITY : end)).length
      const after = seqs.filter((seq) => seq > end).length
      if (during === 0) missing.push('no event was in flight while a fault was there')
      if (after === 0) missing.push('no event was committed after the faults')
      flow = `, ${during} while faults were there, ${after} after them`
    }
    return metUnless(
      missing,
      `${expected.length} events of ${keys} aggregates on ${partitions} partitions${flow}`,
    )
  },
}
