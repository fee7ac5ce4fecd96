import type { LagParts } from './lag.ts'
import type { Measure } from './measure.ts'

/** Dead letters that nobody has taken up: they wait for the group of the service that minds them. */
export function deadLetters({ lags }: Pick<LagParts, 'lags'>): Measure<'topic' | 'partition'> {
  return {
    name: 'kafka_dead_letters',
    help: 'Dead letters that nobody has taken up',
    labels: ['topic', 'partition'],
    async read() {
      return (await lags()).map(({ topic, partition, lag: value }) => ({
        labels: { topic, partition: String(partition) },
        value,
      }))
    },
  }
}
