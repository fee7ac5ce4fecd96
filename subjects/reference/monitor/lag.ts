import type { PartitionLag } from './group-lag.ts'
import type { Measure } from './measure.ts'

export interface LagParts {
  readonly group: string
  readonly lags: () => Promise<readonly PartitionLag[]>
}

/** Events that wait for a group. The name and the labels are those of the exporters that most people use. */
export function lag({ group, lags }: LagParts): Measure<'consumergroup' | 'topic' | 'partition'> {
  return {
    name: 'kafka_consumergroup_lag',
    help: 'Events that the consumer group has not committed past',
    labels: ['consumergroup', 'topic', 'partition'],
    async read() {
      return (await lags()).map(({ topic, partition, lag: value }) => ({
        labels: { consumergroup: group, topic, partition: String(partition) },
        value,
      }))
    },
  }
}
