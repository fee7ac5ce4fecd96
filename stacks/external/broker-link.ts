import type { Endpoint } from '../../core/endpoint.ts'
import { WireProxy } from '../../kafka-wire/proxy.ts'
import type { Link, Stack, Viewpoint } from '../stack.ts'

/**
 * A link to a broker that advertises its own address, past the link: what stands before it keeps clients on it, by
 * putting its own address in the place of the broker's.
 */
export async function linkToBroker(
  stack: Stack,
  name: string,
  broker: Endpoint,
  by: Viewpoint,
): Promise<Link> {
  await using parts = new AsyncDisposableStack()
  const link = parts.use(await stack.link(name, { endpoint: () => broker }, 'host'))
  const listener = parts.use(await stack.listener())
  const reached = listener.endpoint(by)
  parts.use(
    await WireProxy.open({
      upstream: link.endpoint('host'),
      listener: async () => ({ bind: listener.bind, reached }),
      on: () => {},
    }),
  )
  const started = parts.move()
  return {
    name,
    to: 'kafka',
    endpoint: (from) => listener.endpoint(from),
    cut: () => link.cut(),
    blackhole: (direction) => link.blackhole(direction),
    slow: (direction, milliseconds) => link.slow(direction, milliseconds),
    reset: (direction) => link.reset(direction),
    heal: () => link.heal(),
    traffic: () => link.traffic(),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}
