import { type Guard, isControlRun, metUnless } from '../../../proof/guards/guard.ts'
import { keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { handledAt, placedAt } from './outcome.ts'

/** Guard 2: enough events and keys, on more than one partition, while the faults were there and after them. */
export const load: Guard<ConsumerView> = {
  id: 'load',
  title: 'enough events were in flight',
  otherwise: 'VACUOUS',
  look(evidence) {
    const { view } = evidence
    const { bounds } = view.plan
    const delivered = view.consumed.filter(({ deliveries }) => deliveries.length > 0)
    const keys = new Set(delivered.map(keyOf)).size
    const partitions = new Set(view.topics.deliveries.map(({ record }) => record.partition)).size
    const all = view.topics.main.ends.size
    const missing: string[] = []
    if (delivered.length < bounds.events) missing.push(`${delivered.length} of ${bounds.events} events`)
    if (keys < bounds.keys) missing.push(`${keys} of ${bounds.keys} keys`)
    if (partitions < 2 && all > 1) missing.push(`${partitions} of ${all} partitions`)
    let flow = ''
    if (!isControlRun(evidence)) {
      const { began, allHealed, faults } = view.disturbances
      const cleared = allHealed?.seq ?? Number.POSITIVE_INFINITY
      const end = faults.some(({ lasting }) => lasting) ? Number.POSITIVE_INFINITY : cleared
      let during = 0
      let after = 0
      for (const event of delivered) {
        const placed = placedAt(event) ?? 0
        if (placed > cleared) after++
        if (placed < end && (placed > began || (handledAt(event, view) ?? end) > began)) during++
      }
      if (during === 0) missing.push('no event was in flight while a fault was there')
      if (after === 0) missing.push('no event was placed after the faults')
      flow = `, ${during} while faults were there, ${after} after them`
    }
    return metUnless(missing, `${delivered.length} events of ${keys} keys on ${partitions} partitions${flow}`)
  },
}
