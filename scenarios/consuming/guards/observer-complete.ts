import { BUSY } from '../../../proof/guards/busy.ts'
import { observerComplete as guard } from '../../../proof/guards/observer-complete.ts'
import type { Coverage } from '../../../proof/history/coverage.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** Guard 6: the observers saw everything: each offset of each declared topic, each commit of the database and of the group. */
export const observerComplete = guard<ConsumerView>((view) => {
  const { coverages, main, names, deliveries } = view.topics
  const last = view.inputs.at(-1)?.seq ?? deliveries.at(-1)?.record.seq ?? 0
  const partitions = coverages.reduce((sum, { ends }) => sum + ends.size, 0)
  const offsets = view.plan.consumer.progress === 'own' ? '' : `, ${view.group.count} offset commits`
  return {
    coverage: main,
    last: { what: 'the last event', seq: last, lsn: view.transactions.at(-1)?.commitLsn },
    missing: [
      ...coverages.flatMap((coverage, i) => unread(coverage, names[i] ?? '')),
      ...unreadInputs(view),
      ...unreadSince(last, view),
    ],
    says: `${partitions} partitions of ${coverages.length} topics read without a gap${offsets}`,
  }
})

function unread({ ends, holes }: Coverage, topic: string): string[] {
  if (ends.size === 0) return [`no partition of ${topic} was read to its end: ${BUSY}`]
  return holes.map((hole) => (hole.includes(topic) ? hole : `${topic}: ${hole}`))
}

/** Every record that was placed was read again at its place. */
function unreadInputs(view: ConsumerView): string[] {
  const absent = view.inputs.find(({ event, topic, partition, offset, expect }) => {
    const { deliveries = [], hidden = [] } = view.event(event) ?? {}
    return !(expect === 'nothing' ? hidden : deliveries).some(
      ({ record }) => record.topic === topic && record.partition === partition && record.offset === offset,
    )
  })
  if (absent === undefined) return []
  const { topic, partition, offset } = absent
  return [`what was placed at ${topic}/${partition}@${offset} was not read there`]
}

/** The logs of events and of offsets were read to their ends after the last event. */
function unreadSince(last: number, { plan, topics, group }: ConsumerView): string[] {
  const events = [...topics.main.ends.values()].every(({ seq }) => seq > last)
  const offsets = plan.consumer.progress === 'own' || group.readSince(last)
  return [
    ...(events ? [] : [`the log was not read to its end after the last event was placed: ${BUSY}`]),
    ...(offsets
      ? []
      : [`the log of offsets was not read to its end after the last event was placed: ${BUSY}`]),
  ]
}
