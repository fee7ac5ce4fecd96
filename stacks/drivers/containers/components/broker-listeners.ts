import { type Endpoint, endpointText } from '../../../../core/endpoint.ts'
import { BROKER_SETTINGS } from '../../../settings/broker.ts'
import type { Viewpoint } from '../../../stack.ts'

/** A listener of the broker for the clients of one link. */
export interface LinkListener {
  readonly name: string
  /** In the broker's container, and on this machine. */
  readonly inside: number
  readonly published: number
  /** What it tells clients: where the link is, as they reach it. */
  readonly advertised: Endpoint
  readonly for: Viewpoint
}

/** How many links can be in use at one time by clients of this machine, and by those in containers. */
export const LINKS = { host: 10, service: 4 } as const

/** Where a link listens in its own container. */
export const LINK_PORT = 8666

export interface Advertised {
  /** The module's own two: for this machine, and for containers. */
  readonly host: Endpoint
  readonly service: Endpoint
  readonly links: readonly LinkListener[]
}

/**
 * What the module for Kafka does not say: the listeners of links, a cluster id of this run, and our settings. It sets the
 * advertised listeners in a script of its own, at the last moment; bash reads {@link ADVERTISE} before each script.
 */
export function brokerEnvironment(clusterId: string, listeners: Advertised): Record<string, string> {
  const { links } = listeners
  const protocols = ['BROKER', 'PLAINTEXT', 'CONTROLLER', ...links.map(({ name }) => name)]
  const at = [
    'PLAINTEXT://0.0.0.0:9093',
    'BROKER://0.0.0.0:9092',
    'CONTROLLER://0.0.0.0:9094',
    ...links.map(({ name, inside }) => `${name}://0.0.0.0:${inside}`),
  ]
  const advertised = [
    `PLAINTEXT://${endpointText(listeners.host)}`,
    `BROKER://${endpointText(listeners.service)}`,
    ...links.map((link) => `${link.name}://${endpointText(link.advertised)}`),
  ]
  const threads = links.map(({ name }) => [`KAFKA_LISTENER_NAME_${name}_NUM_NETWORK_THREADS`, '1'] as const)
  return {
    ...Object.fromEntries(
      Object.entries(BROKER_SETTINGS).map(([key, value]) => [variable(key), String(value)]),
    ),
    ...Object.fromEntries(threads),
    CLUSTER_ID: clusterId,
    KAFKA_LISTENERS: at.join(),
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: protocols.map((name) => `${name}:PLAINTEXT`).join(),
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9094',
    KAFKA_HEAP_OPTS: '-Xmx256m -Xms64m -Xmn40m',
    KAFKA_JVM_PERFORMANCE_OPTS: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
    EVENTPROOF_ADVERTISED: advertised.join(),
    BASH_ENV: ADVERTISE.path,
  }
}

/** Whatever a script before has exported, each one begins with these listeners. */
export const ADVERTISE = {
  path: '/tmp/eventproof-advertise.sh',
  text: 'export KAFKA_ADVERTISED_LISTENERS=$EVENTPROOF_ADVERTISED\n',
}

function variable(setting: string): string {
  return `KAFKA_${setting.toUpperCase().replaceAll('.', '_')}`
}
