import { firstEndpoint } from '../../core/endpoint.ts'
import { WireObserver, type WireObserverOptions } from '../../proof/observers/wire-observer.ts'
import type { Stack, Viewpoint } from '../../stacks/stack.ts'

export interface WatchedClients extends AsyncDisposable {
  readonly bootstrapServers: string
  readonly observer: WireObserver
}

/**
 * Puts a wire observer between the broker, or what else is `upstream`, and clients, which are told an address that is
 * right from where they are.
 */
export async function watchClients(
  stack: Stack,
  from: Viewpoint,
  options: Omit<WireObserverOptions, 'upstream' | 'listener'> &
    Partial<Pick<WireObserverOptions, 'upstream'>>,
): Promise<WatchedClients> {
  const listeners = new AsyncDisposableStack()
  const observer = await WireObserver.open({
    upstream: firstEndpoint(stack.kafka.bootstrapServers('host')),
    ...options,
    listener: async () => {
      const listener = listeners.use(await stack.listener())
      return { bind: listener.bind, reached: listener.endpoint(from) }
    },
  }).catch(async (error) => {
    await listeners.disposeAsync()
    throw error
  })
  return {
    bootstrapServers: observer.proxy.bootstrapServers,
    observer,
    async [Symbol.asyncDispose]() {
      await observer[Symbol.asyncDispose]()
      await listeners.disposeAsync()
    },
  }
}
