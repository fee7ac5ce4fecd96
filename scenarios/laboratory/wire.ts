import type { NewEvent } from '../../proof/history/event.ts'
import type { ClientRequest } from '../../proof/wire/request.ts'
import { Tap } from '../../proof/wire/tap.ts'
import type { KafkaListener } from '../../stacks/stack.ts'

export interface WatchedClients extends AsyncDisposable {
  readonly bootstrapServers: string
}

/** Puts a tap before the broker and writes down what each client asked for, once for each different way of asking. */
export async function watchClients(
  listener: KafkaListener,
  record: (event: NewEvent) => void,
): Promise<WatchedClients> {
  const seen = new Set<string>()
  const software = new Map<string, string>()
  const onRequest = (request: ClientRequest) => {
    if (request.api === 'api-versions' && request.software) software.set(request.clientId, request.software)
    if (request.api !== 'produce') return
    const { clientId, apiVersion, acks, idempotent, transactional, topics } = request.request
    const said = JSON.stringify([clientId, apiVersion, acks, idempotent, transactional])
    if (seen.has(said)) return
    seen.add(said)
    const name = software.get(clientId)
    record({
      kind: 'k.client',
      clientId,
      ...(name ? { software: name } : {}),
      acks,
      idempotent,
      transactional,
      apiVersion,
      topics,
    })
  }
  const tap = await Tap.open({
    port: listener.advertisedPort,
    upstreamPort: listener.upstreamPort,
    onRequest,
  })
  return {
    bootstrapServers: `127.0.0.1:${listener.advertisedPort}`,
    async [Symbol.asyncDispose]() {
      await tap[Symbol.asyncDispose]()
      await listener[Symbol.asyncDispose]()
    },
  }
}
