import type { ConnectOptions } from '../stack.ts'

/**
 * Of a Connect worker in distributed mode, whatever runs it. Where it listens, its broker and the folder of its plugins
 * are the driver's.
 */
export function workerSettings({
  offsetFlushInterval = 1000,
}: ConnectOptions): Record<string, string | number | boolean> {
  return {
    'group.id': 'connect',
    'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter.schemas.enable': false,
    'offset.storage.topic': 'connect-offsets',
    'offset.storage.replication.factor': 1,
    'offset.storage.partitions': 1,
    'config.storage.topic': 'connect-configs',
    'config.storage.replication.factor': 1,
    'status.storage.topic': 'connect-status',
    'status.storage.replication.factor': 1,
    'status.storage.partitions': 1,
    'offset.flush.interval.ms': offsetFlushInterval,
    // A connector may name its own bootstrap servers: that is how a link gets between it and the broker.
    'connector.client.config.override.policy': 'All',
    'plugin.discovery': 'service_load',
    'reconnect.backoff.ms': 50,
    'reconnect.backoff.max.ms': 200,
    'retry.backoff.ms': 50,
    // How soon a killed worker's successor takes over.
    'scheduled.rebalance.max.delay.ms': 0,
    'session.timeout.ms': 6000,
    'heartbeat.interval.ms': 1000,
    'rebalance.timeout.ms': 10_000,
  }
}
