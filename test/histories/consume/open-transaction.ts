import type { ConsumerHistory } from './builder.ts'

/** Puts an event on the topic in a Kafka transaction that stays open: `abort` writes the marker that ends it. */
export function putOpen(history: ConsumerHistory, key: string): { abort(): void } {
  const aborted = history.put(key, { expect: 'nothing' })
  const producer = {
    topic: history.plan.consumer.topic,
    partition: aborted.partition,
    producerId: 7,
  }
  Object.assign(history.events.at(-2) ?? {}, { ...producer, transactional: true })
  const abort = () => {
    const { seq, at, scenario, offset } = history.record(producer.topic, aborted)
    history.events[seq - 1] = {
      seq,
      at,
      scenario,
      kind: 'k.control',
      ...producer,
      offset,
      outcome: 'abort',
    }
  }
  return { abort }
}
