import type { RequestSeen, WireSeen } from '../../kafka-wire/seen.ts'
import { settingsOf } from '../../kafka-wire/settings.ts'
import type { NewEvent } from '../history/event.ts'

type Record = (event: NewEvent) => void

/**
 * Writes down what clients ask a broker for: once for each client, library, API, version, group and set of settings;
 * and once more for each way of producing and each topic, which the predicates of producers judge.
 */
export function recordAsked(record: Record): (seen: WireSeen) => void {
  const said = new Set<string>()
  const producing = recordProducing(record)
  return (seen) => {
    if (seen.from === 'client' && seen.api === 'produce') producing(seen)
    const read = settingsOf(seen)
    if (read === undefined) return
    const { clientId, api, software = null, version: apiVersion } = seen
    const { group, values: settings } = read
    const line = JSON.stringify([clientId, software, api, apiVersion, group, settings])
    if (said.has(line)) return
    said.add(line)
    const of = group === undefined ? {} : { group }
    record({ kind: 'k.asked', clientId, software, api, apiVersion, ...of, settings })
  }
}

function recordProducing(record: Record): (seen: Extract<RequestSeen, { api: 'produce' }>) => void {
  const known = new Set<string>()
  return (seen) => {
    const { clientId, software, version: apiVersion, acks, idempotent, transactionalId } = seen
    const transactional = transactionalId !== null
    // Where a topic's name is not known, none is said: the request may be for any.
    const topics = seen.topics.some((topic) => topic.startsWith('?')) ? [] : seen.topics
    const ways = [...topics, ''].map((topic) =>
      JSON.stringify([clientId, software, apiVersion, acks, idempotent, transactional, topic]),
    )
    if (ways.every((way) => known.has(way))) return
    for (const way of ways) known.add(way)
    record({
      kind: 'k.client',
      clientId,
      ...(software ? { software } : {}),
      acks,
      idempotent,
      transactional,
      apiVersion,
      topics,
    })
  }
}
