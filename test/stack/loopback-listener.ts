import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Listener } from '../../stacks/stack.ts'

/** A free port of the loopback, for what listens in a test that has no stack. */
export async function loopbackListener(): Promise<Listener> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const bind = { host: '127.0.0.1', port }
  return { bind, endpoint: () => bind, [Symbol.asyncDispose]: async () => {} }
}
