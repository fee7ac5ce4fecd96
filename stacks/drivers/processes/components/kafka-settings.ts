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
    'auto.create.topics.enable': false,
    'delete.topic.enable': true,
    'num.partitions': 1,
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    // Sessions may be as short as a scenario wants that waits for one to end.
    'group.min.session.timeout.ms': 1000,
    'group.consumer.min.session.timeout.ms': 1000,
    'group.consumer.min.heartbeat.interval.ms': 500,
    // One broker, little memory: a small cleaner and few threads.
    'log.cleaner.dedupe.buffer.size': 16_777_216,
    'log.cleaner.threads': 1,
    // A compacted topic is compacted within a scenario.
    'log.cleaner.backoff.ms': 1000,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    // A killed broker waits for its old session to end before it is registered again: a short one, a short wait.
    'controlled.shutdown.enable': false,
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
  }
  for (const name of names) settings[`listener.name.${name.toLowerCase()}.num.network.threads`] = 1
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}
