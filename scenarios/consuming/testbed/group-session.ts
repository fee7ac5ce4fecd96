import { BrokerConnection } from '../../../kafka-wire/broker-connection.ts'

const INCREMENTAL_ALTER_CONFIGS = 44
const GROUP = 32
const SET = 0
/** Milliseconds: the least that the stack's broker allows. */
const LEAST_HEARTBEAT = 500

/**
 * Makes the sessions of one group's members end early where the broker decides on them: in groups of the consumer
 * protocol (KIP-848). Members of classic groups ask for their sessions themselves, and are not touched.
 * @param session milliseconds
 * @returns what the broker did not like, where it refused
 */
export async function shortenSessions(
  bootstrapServers: string,
  group: string,
  session: number,
): Promise<string | undefined> {
  const settings = {
    'consumer.session.timeout.ms': session,
    'consumer.heartbeat.interval.ms': Math.max(LEAST_HEARTBEAT, Math.floor(session / 8)),
  }
  await using broker = await BrokerConnection.open(bootstrapServers)
  const answer = await broker.request(INCREMENTAL_ALTER_CONFIGS, 0, (body) => {
    body.int32(1).int8(GROUP).string(group).int32(Object.keys(settings).length)
    for (const [name, value] of Object.entries(settings)) body.string(name).int8(SET).string(String(value))
    body.int8(0)
  })
  answer.int32()
  answer.int32()
  const error = answer.int16()
  const message = answer.string()
  return error === 0 ? undefined : (message ?? `error ${error}`)
}
