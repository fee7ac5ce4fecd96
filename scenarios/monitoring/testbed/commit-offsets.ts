import { until } from '../../../core/until.ts'
import { BrokerConnection } from '../../../kafka-wire/broker-connection.ts'

const OFFSET_COMMIT = 8
/** Of a client that is no member of the group. */
const NO_GENERATION = -1
const AS_THE_BROKER_KEEPS_IT = -1
/** Milliseconds: the first request about a group may find its coordinator at its beginning. */
const TAKEN = 15_000

export interface Offsets {
  readonly group: string
  readonly topic: string
  readonly offsets: readonly { readonly partition: number; readonly offset: number }[]
}

/** Commits for a group that nobody is in. @throws {DeadlinePassed} with what the broker said last */
export async function commitOffsets(
  bootstrapServers: string,
  { group, topic, offsets }: Offsets,
  signal: AbortSignal,
): Promise<void> {
  await using broker = await BrokerConnection.open(bootstrapServers)
  const once = async () => {
    const answer = await broker.request(OFFSET_COMMIT, 2, (body) => {
      body.string(group).int32(NO_GENERATION).string('').int64(AS_THE_BROKER_KEEPS_IT)
      body.int32(1).string(topic).int32(offsets.length)
      for (const { partition, offset } of offsets) body.int32(partition).int64(offset).string('')
    })
    for (let topics = answer.int32(); topics > 0; topics--) {
      answer.string()
      for (let parts = answer.int32(); parts > 0; parts--) {
        answer.int32()
        const error = answer.int16()
        if (error !== 0) throw new Error(`Kafka error code ${error}`)
      }
    }
    return true
  }
  await until(once, { what: `offsets of ${group} to be committed`, deadline: TAKEN, every: 100, signal })
}
