import { until } from '../../../core/until.ts'
import { BrokerConnection } from '../../../kafka-wire/broker-connection.ts'

const OFFSET_DELETE = 47
/** Milliseconds for the broker to let the last member of a group go. */
const LEFT = 15_000

/**
 * Deletes a group's offsets of one topic, as the broker does when they have expired. Nobody may be in the group; it is
 * tried until the last member is gone.
 * @throws {DeadlinePassed} with what the broker said last
 */
export async function deleteOffsets(
  bootstrapServers: string,
  {
    group,
    topic,
    partitions,
  }: { readonly group: string; readonly topic: string; readonly partitions: number },
  signal: AbortSignal,
): Promise<void> {
  await using broker = await BrokerConnection.open(bootstrapServers)
  const once = async () => {
    const answer = await broker.request(OFFSET_DELETE, 0, (body) => {
      body.string(group).int32(1).string(topic).int32(partitions)
      for (let partition = 0; partition < partitions; partition++) body.int32(partition)
    })
    const errors = [answer.int16()]
    answer.int32()
    for (let topics = answer.int32(); topics > 0; topics--) {
      answer.string()
      for (let parts = answer.int32(); parts > 0; parts--) {
        answer.int32()
        errors.push(answer.int16())
      }
    }
    const error = errors.find((code) => code !== 0)
    if (error !== undefined) throw new Error(`Kafka error code ${error}`)
    return true
  }
  await until(once, { what: `the offsets of ${group} to be deleted`, deadline: LEFT, every: 100, signal })
}
