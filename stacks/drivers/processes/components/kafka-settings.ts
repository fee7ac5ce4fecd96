import { BROKER_SETTINGS } from '../../../settings/broker.ts'
import { propertiesText } from '../../../settings/properties.ts'

export interface ListenerPorts {
  /** Where the broker listens. */
  readonly upstream: number
  /** What it tells clients: where a proxy listens. */
  readonly advertised: number
}

export interface KafkaPorts {
  readonly internal: number
  readonly controller: number
  readonly links: readonly ListenerPorts[]
}

/** server.properties of a single broker that is its own controller. */
export function kafkaSettings(ports: KafkaPorts, data: string): string {
  const names = ports.links.map((_, index) => `LINK${index}`)
  const at = (name: string, port: number) => `${name}://127.0.0.1:${port}`
  const links = ports.links.map(({ upstream }, index) => at(`LINK${index}`, upstream))
  const advertised = ports.links.map(({ advertised }, index) => at(`LINK${index}`, advertised))
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    listeners: [at('INTERNAL', ports.internal), at('CONTROLLER', ports.controller), ...links].join(),
    'advertised.listeners': [at('INTERNAL', ports.internal), ...advertised].join(),
    'listener.security.protocol.map': ['INTERNAL', 'CONTROLLER', ...names]
      .map((name) => `${name}:PLAINTEXT`)
      .join(),
    'inter.broker.listener.name': 'INTERNAL',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data,
    ...BROKER_SETTINGS,
  }
  for (const name of names) settings[`listener.name.${name.toLowerCase()}.num.network.threads`] = 1
  return propertiesText(settings)
}
