import { Intervals } from './intervals.ts'
import type { AnswerSeen, RequestSeen, WireSeen } from './seen.ts'

/** A setting of one client as its requests show it, by the name that Kafka's documentation has for it. */
export interface ReadSetting {
  readonly clientId: string
  readonly software: string | undefined
  readonly group?: string
  readonly name: string
  /** All values that were seen, in order; more than one where the client asked in more than one way. */
  readonly values: readonly string[]
  /** Where it was read: `produce 9` is a Produce request of version 9. */
  readonly readFrom: string
}

/** How often a member of a group sent something. Milliseconds; undefined before the second time. */
export interface Cadence {
  readonly clientId: string
  readonly group: string
  readonly of: 'heartbeat' | 'offset-commit'
  readonly count: number
  readonly median: number | undefined
  /**
   * A tenth of the intervals is shorter, a tenth longer than these. A client that commits by the clock has the two
   * close to the median, whatever its load; one that commits after its work has not.
   */
  readonly spread: readonly [number, number] | undefined
}

/** Collects what clients' requests say of their settings, over any number of requests, in the memory of the answer. */
export class Settings {
  readonly #rows = new Map<string, { row: Omit<ReadSetting, 'values'>; values: Set<string> }>()
  readonly #cadences = new Map<string, { clientId: string; group: string; api: string; ticks: Intervals }>()

  see(seen: WireSeen): void {
    const group = 'group' in seen ? seen.group : undefined
    const read = seen.from === 'client' ? settingsIn(seen) : toldBy(seen)
    for (const [name, value] of Object.entries(read)) {
      if (value !== undefined && value !== null) this.#note(seen, group, name, String(value))
    }
    if (seen.from === 'client' && group !== undefined) this.#tick(seen, group)
  }

  rows(): ReadSetting[] {
    return [...this.#rows.values()].map(({ row, values }) => ({ ...row, values: [...values] }))
  }

  cadences(): Cadence[] {
    return [...this.#cadences.values()].map(({ clientId, group, api, ticks }) => {
      const [short, long] = [ticks.at(0.1), ticks.at(0.9)]
      return {
        clientId,
        group,
        of: api === 'offset-commit' ? 'offset-commit' : 'heartbeat',
        count: ticks.count,
        median: ticks.at(0.5),
        spread: short === undefined || long === undefined ? undefined : [short, long],
      }
    })
  }

  #note(seen: WireSeen, group: string | undefined, name: string, value: string): void {
    const { clientId, software, api, version } = seen
    const key = JSON.stringify([clientId, group, name])
    const readFrom = `${api} ${version}`
    const known = this.#rows.get(key)
    if (known) known.values.add(value)
    else {
      const row = { clientId, software, name, readFrom, ...(group === undefined ? {} : { group }) }
      this.#rows.set(key, { row, values: new Set([value]) })
    }
  }

  #tick(seen: RequestSeen, group: string): void {
    const { api, clientId, at } = seen
    if (api !== 'heartbeat' && api !== 'consumer-group-heartbeat' && api !== 'offset-commit') return
    const key = JSON.stringify([clientId, group, seen.memberId, api])
    const cadence = this.#cadences.get(key) ?? { clientId, group, api, ticks: new Intervals() }
    cadence.ticks.tick(at)
    this.#cadences.set(key, cadence)
  }
}

type Read = Readonly<Record<string, string | number | boolean | null | undefined>>

function settingsIn(request: RequestSeen): Read {
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
      return {
        'group.protocol': 'consumer',
        // Only the first heartbeats say it; a member that leaves says −1.
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
