import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Clock, systemClock } from '../core/clock.ts'
import type { Address } from './addresses.ts'
import { type BrokerListener, Brokers } from './brokers.ts'
import { Connection } from './connection.ts'
import type { Wire } from './conversation.ts'
import { type InjectedWireFault, type WireEffect, type WireFault, WireFaults } from './fault.ts'
import { Intake } from './intake.ts'
import { apiOf } from './schemas/message.ts'
import type { WireSeen } from './seen.ts'
import { Software } from './software.ts'
import { TopicNames } from './topic-names.ts'

export interface WireProxyOptions {
  /** A listener of a broker, whatever address it advertises. */
  readonly upstream: Address
  /**
   * Called for each broker. By default a port of the loopback that the system chooses, which is fine for a test; a
   * leased port is better where clients outlive the proxy: a client that polls a closed port of the ephemeral range can
   * connect to itself.
   */
  readonly listener?: () => Promise<ProxyListener>
  /** Called for each request and each answer that tells how a group works. Must not throw. */
  readonly on: (seen: WireSeen) => void
  readonly clock?: Clock
}

export interface ProxyListener {
  /** Where the proxy listens. */
  readonly bind: Address
  /** Where clients reach it; absent: there. */
  readonly reached?: Address
}

export interface RunningWireProxy extends AsyncDisposable {
  /** Where clients reach the listener for the first broker, and the same as they are told it. */
  readonly address: Address
  readonly bootstrapServers: string
  /** Of all listeners, one for each broker that clients were told of. */
  readonly addresses: readonly Address[]
  /** Holds for requests from now on; `onEffect` hears of each one that is hit. */
  arm(fault: WireFault, onEffect?: (effect: WireEffect) => void): InjectedWireFault
  /** Requests that were passed on unread, by API and version: `api 57 version 1` → how many. */
  readonly unknown: ReadonlyMap<string, number>
  /** What should have been read and could not be, by reason: the evidence has a hole there. */
  readonly gaps: ReadonlyMap<string, number>
}

/**
 * Stands between Kafka clients and a cluster: reads what they ask for, keeps them on it by putting its own address
 * wherever an answer names a broker, and does to chosen requests what was armed beforehand. What it neither has to
 * change nor to decide on it passes on as it came, without waiting for the rest of it.
 */
export const WireProxy = {
  /** Resolves when it listens. @throws the system's error where the port is taken */
  async open(options: WireProxyOptions): Promise<RunningWireProxy> {
    const { upstream, listener = onAnyPort, on, clock = systemClock() } = options
    const faults = new WireFaults()
    const unknown = new Map<string, number>()
    const gaps = new Map<string, number>()
    let connections = 0
    const open = async (upstream: Address): Promise<BrokerListener> =>
      listen(upstream, await listener(), (...ends) => new Connection(++connections, wire, ...ends))
    const first = await open(upstream)
    const brokers = new Brokers(first, open)
    const wire: Wire = {
      clock,
      names: new TopicNames(),
      brokers,
      faults,
      software: new Software(),
      on,
      unknown: ({ api, version }) => count(unknown, nameOf(api, version)),
      gap: (reason) => count(gaps, reason),
    }
    return {
      address: first.address,
      bootstrapServers: `${first.address.host}:${first.address.port}`,
      get addresses() {
        return brokers.addresses
      },
      arm: (fault, onEffect) => faults.arm(fault, onEffect),
      unknown,
      gaps,
      [Symbol.asyncDispose]: () => brokers[Symbol.asyncDispose](),
    }
  },
}

type Join = (client: Socket, broker: Socket, intake: Intake) => Connection

async function onAnyPort(): Promise<ProxyListener> {
  return { bind: { host: '127.0.0.1', port: 0 } }
}

async function listen(
  upstream: Address,
  { bind, reached }: ProxyListener,
  join: Join,
): Promise<BrokerListener> {
  const open = new Set<Connection>()
  const server = createServer({ noDelay: true }, (client) => {
    const intake = new Intake()
    const connection = join(client, connect({ ...upstream, noDelay: true, onread: intake.onread }), intake)
    open.add(connection)
    client.once('close', () => open.delete(connection))
  })
  server.listen(bind.port, bind.host)
  await once(server, 'listening')
  return {
    upstream,
    address: reached ?? { host: bind.host, port: (server.address() as AddressInfo).port },
    async [Symbol.asyncDispose]() {
      for (const connection of open) connection.end()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function nameOf(api: number, version: number): string {
  const plausible = api >= 0 && api < 1000 && version >= 0 && version < 100
  return plausible ? `${apiOf(api)?.name ?? `api ${api}`} version ${version}` : 'no request of Kafka’s'
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
