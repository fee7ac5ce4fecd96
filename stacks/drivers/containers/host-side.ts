import { createServer } from 'node:net'
import type { Endpoint } from '../../../core/endpoint.ts'
import { LOOPBACK, onLoopback } from '../../local/loopback.ts'

/** Where our own process listens so that containers reach it. */
export interface HostSide {
  /** The address to listen on. */
  readonly bind: string
  /** By which containers reach it. */
  readonly name: string
}

/**
 * On Linux the gateway of the run's network is an address of this machine, which nothing but this machine and its
 * containers can reach. Where the engine runs in a machine of its own (Docker Desktop), that forwards a name to our
 * loopback.
 */
export async function hostSide(gateway: string | undefined): Promise<HostSide> {
  if (gateway !== undefined && (await isOurs(gateway))) return { bind: gateway, name: gateway }
  return { bind: LOOPBACK, name: 'host.docker.internal' }
}

/** Asked by listening there: the list of interfaces leaves out a network that nothing is connected to yet. */
function isOurs(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: address, port: 0 }, () => server.close(() => resolve(true)))
  })
}

/** How our own process reaches a port that a container publishes. */
export const published = (port: number): Endpoint => onLoopback(port)
