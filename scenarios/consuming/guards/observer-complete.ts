import { type Guard, metUnless } from '../../../proof/guards/guard.ts'
import type { Coverage } from '../../../proof/history/coverage.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** Guard 6: the observers saw everything: each offset of each declared topic, each commit of the database and of the group. */
export const observerComplete: Guard<ConsumerView> = {
  id: 'observer',
  title: 'the observers saw everything',
  otherwise: 'INCONCLUSIVE',
  look({ view }) {
    const { coverages, main, names } = view.topics
    const missing = [
      ...main.gaps.map(({ observer, reason }) => `the ${observer} observer has a gap: ${reason}`),
      ...disorder(view),
      ...coverages.flatMap((coverage, i) => unread(coverage, names[i] ?? '')),
      ...unseen(view),
    ]
    const partitions = coverages.reduce((sum, { ends }) => sum + ends.size, 0)
    const offsets = view.plan.consumer.progress === 'own' ? '' : `, ${view.group.count} offset commits`
    return metUnless(
      missing,
      `${partitions} partitions of ${coverages.length} topics read without a gap, the WAL to ${main.flushed?.lsn}${offsets}`,
    )
  },
}

/** Our own history: each event once, in order, on a clock that does not run back. */
function disorder({ events }: ConsumerView): string[] {
  let last = events[0]
  for (const event of events) {
    if (last === undefined || event === last) continue
    if (event.seq <= last.seq) return [`event ${event.seq} comes after ${last.seq}`]
    if (event.at < last.at) return [`the clock ran back at event ${event.seq}`]
    last = event
  }
  return []
}

function unread({ ends, holes }: Coverage, topic: string): string[] {
  if (ends.size === 0) return [`no partition of ${topic} was read to its end`]
  return holes.map((hole) => (hole.includes(topic) ? hole : `${topic}: ${hole}`))
}

/** What was placed last, and what came of it, lies before the observers' last look. */
function unseen(view: ConsumerView): string[] {
  const { main } = view.topics
  const last = view.inputs.at(-1)?.seq ?? view.topics.deliveries.at(-1)?.record.seq ?? 0
  const missing: string[] = []
  const absent = view.inputs.find(({ event, topic, partition, offset, expect }) => {
    const { deliveries = [], hidden = [] } = view.event(event) ?? {}
    return !(expect === 'nothing' ? hidden : deliveries).some(
      ({ record }) => record.topic === topic && record.partition === partition && record.offset === offset,
    )
  })
  if (absent !== undefined)
    missing.push(`what was placed at ${absent.topic}/${absent.partition}@${absent.offset} was not read there`)
  if (![...main.ends.values()].every(({ seq }) => seq > last))
    missing.push('the log was not read to its end after the last event was placed')
  if (main.flushed === undefined) missing.push('the database observer never said how far it has seen')
  else if (main.flushed.seq < last) missing.push('the database observer has not seen past the last event')
  else if (main.flushed.lsn < (view.transactions.at(-1)?.commitLsn ?? 0))
    missing.push('the database observer has not seen past the last commit')
  if (view.plan.consumer.progress === 'kafka' && !view.group.readSince(last))
    missing.push('the log of offsets was not read to its end after the last event was placed')
  return missing
}
