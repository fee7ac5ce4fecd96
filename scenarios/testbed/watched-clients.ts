import type { WireSeen } from '../../kafka-wire/seen.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import { WireObserver } from '../../proof/observers/wire-observer.ts'
import type { KafkaListener } from '../../stacks/stack.ts'

export interface WatchedClients extends AsyncDisposable {
  readonly bootstrapServers: string
  readonly observer: WireObserver
}

/** Puts a wire observer before one of the broker's listeners; `also` hears of everything, too. */
export async function watchClients(
  listener: KafkaListener,
  record: (event: NewEvent) => void,
  also: (seen: WireSeen) => void = () => {},
): Promise<WatchedClients> {
  const observer = await WireObserver.open({
    port: listener.advertisedPort,
    upstream: { host: '127.0.0.1', port: listener.upstreamPort },
    record,
    also,
  })
  return {
    bootstrapServers: observer.proxy.bootstrapServers,
    observer,
    async [Symbol.asyncDispose]() {
      await observer[Symbol.asyncDispose]()
      await listener[Symbol.asyncDispose]()
    },
  }
}
