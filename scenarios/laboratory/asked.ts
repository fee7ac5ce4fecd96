import type { NewEvent } from '../../proof/history/event.ts'
import type { WireSeen } from '../../proof/wire/seen.ts'

type Settings = Readonly<Record<string, string | number | boolean | null>>

/**
 * Writes down what each client asks the broker for, as the names of Kafka's client settings: once for each client,
 * API and set of settings.
 */
export function recordAsked(record: (event: NewEvent) => void): (seen: WireSeen) => void {
  const said = new Set<string>()
  return (seen) => {
    const settings = settingsOf(seen)
    if (settings === undefined) return
    const { clientId, api, software = null } = seen
    const line = JSON.stringify([clientId, api, settings])
    if (said.has(line)) return
    said.add(line)
    record({ kind: 'k.asked', clientId, software, api, settings })
  }
}

/** What a request says of its client's settings; undefined for requests that say nothing. */
function settingsOf(seen: WireSeen): Settings | undefined {
  if (seen.from === 'broker') return undefined
  switch (seen.api) {
    case 'produce':
      return {
        acks: seen.acks,
        'enable.idempotence': seen.idempotent,
        'request.timeout.ms': seen.timeoutMs,
        ...(seen.transactionalId === null ? {} : { 'transactional.id': seen.transactionalId }),
      }
    case 'fetch':
      return {
        'fetch.max.wait.ms': seen.maxWaitMs,
        'fetch.min.bytes': seen.minBytes,
        'fetch.max.bytes': seen.maxBytes,
        'isolation.level': seen.isolation,
      }
    case 'join-group':
      return {
        'group.protocol': 'classic',
        'partition.assignment.strategy': seen.protocols.map(({ name }) => name).join(','),
        'session.timeout.ms': seen.sessionTimeoutMs,
        'rebalance.timeout.ms': seen.rebalanceTimeoutMs,
        ...(seen.instanceId === null ? {} : { 'group.instance.id': seen.instanceId }),
      }
    case 'consumer-group-heartbeat':
      // Only a member that joins says how it wants to be treated; later heartbeats leave out what is unchanged.
      if (seen.generation > 0) return undefined
      return {
        'group.protocol': 'consumer',
        'group.remote.assignor': seen.serverAssignor,
        'rebalance.timeout.ms': seen.rebalanceTimeoutMs,
        ...(seen.instanceId === null ? {} : { 'group.instance.id': seen.instanceId }),
      }
    default:
      return undefined
  }
}
