import type { AnswerSeen, RequestSeen, WireSeen } from './seen.ts'

/** Settings of one client by the names that Kafka's documentation has for them. */
export type SettingValues = Readonly<Record<string, string | number | boolean>>

export interface ReadSettings {
  /** Of the member that asked; undefined where no group is asked for anything. */
  readonly group?: string
  readonly values: SettingValues
}

/** What a request, or the broker's answer to it, says of its client's settings; undefined where it says nothing. */
export function settingsOf(seen: WireSeen): ReadSettings | undefined {
  const read = seen.from === 'client' ? askedIn(seen) : toldBy(seen)
  const values = Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined && value !== null),
  ) as SettingValues
  if (Object.keys(values).length === 0) return undefined
  return 'group' in seen && seen.group !== undefined ? { group: seen.group, values } : { values }
}

type Read = Readonly<Record<string, string | number | boolean | null | undefined>>

function askedIn(request: RequestSeen): Read {
  switch (request.api) {
    case 'produce':
      return {
        acks: request.acks === -1 ? 'all' : request.acks,
        'enable.idempotence': request.idempotent,
        'transactional.id': request.transactionalId,
        'request.timeout.ms': request.timeoutMs,
      }
    case 'init-producer-id':
      return request.transactionalId === null
        ? {}
        : { 'transaction.timeout.ms': request.transactionTimeoutMs }
    case 'fetch':
      return {
        'fetch.max.wait.ms': request.maxWaitMs,
        'fetch.min.bytes': request.minBytes,
        'fetch.max.bytes': request.maxBytes,
        'isolation.level': request.isolation,
        'client.rack': request.rack || undefined,
      }
    case 'join-group':
      return {
        'group.protocol': 'classic',
        'protocol type': request.protocolType,
        'partition.assignment.strategy': request.protocols.map(({ name }) => name).join(', '),
        'session.timeout.ms': request.sessionTimeoutMs,
        // What clients send as the rebalance timeout.
        'max.poll.interval.ms': request.rebalanceTimeoutMs,
        'group.instance.id': request.instanceId,
      }
    case 'consumer-group-heartbeat':
      // Only a member that joins says how it wants to be treated; later heartbeats leave out what is unchanged.
      if (request.generation > 0) return {}
      return {
        'group.protocol': 'consumer',
        // A member that leaves says −1.
        'max.poll.interval.ms': request.rebalanceTimeoutMs > 0 ? request.rebalanceTimeoutMs : undefined,
        'group.remote.assignor': request.serverAssignor,
        'group.instance.id': request.instanceId,
      }
    default:
      return {}
  }
}

/** What only the broker's answer tells of the client. */
function toldBy(answer: AnswerSeen): Read {
  return answer.api === 'join-group' && answer.error === 0 ? { 'chosen assignor': answer.protocol } : {}
}
