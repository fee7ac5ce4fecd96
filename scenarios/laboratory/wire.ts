import type { NewEvent } from '../../proof/history/event.ts'
import { type RunningWireProxy, WireProxy } from '../../proof/wire/proxy.ts'
import type { WireSeen } from '../../proof/wire/seen.ts'
import type { KafkaListener } from '../../stacks/stack.ts'

export interface WatchedClients extends AsyncDisposable {
  readonly bootstrapServers: string
  readonly proxy: RunningWireProxy
}

/** Puts a wire proxy before the broker and writes down what each client asked for; `also` hears of everything, too. */
export async function watchClients(
  listener: KafkaListener,
  record: (event: NewEvent) => void,
  also: (seen: WireSeen) => void = () => {},
): Promise<WatchedClients> {
  const asked = recordAsked(record)
  const proxy = await WireProxy.open({
    port: listener.advertisedPort,
    upstream: { host: '127.0.0.1', port: listener.upstreamPort },
    on(seen) {
      asked(seen)
      also(seen)
    },
  })
  return {
    bootstrapServers: proxy.bootstrapServers,
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await listener[Symbol.asyncDispose]()
    },
  }
}

/** Writes down what producers ask for, once for each different way of asking and each topic. */
export function recordAsked(record: (event: NewEvent) => void): (seen: WireSeen) => void {
  const known = new Set<string>()
  return (seen) => {
    if (seen.from !== 'client' || seen.api !== 'produce') return
    const { clientId, software, version: apiVersion, acks, idempotent, transactionalId } = seen
    const transactional = transactionalId !== null
    // Where a topic's name is not known, none is said: the request may be for any.
    const topics = seen.topics.some((topic) => topic.startsWith('?')) ? [] : seen.topics
    const ways = [...topics, ''].map((topic) =>
      JSON.stringify([clientId, apiVersion, acks, idempotent, transactional, topic]),
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
