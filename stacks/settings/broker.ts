/**
 * Of a single broker with little memory, whatever runs it: what a scenario may wait for happens within a scenario. Its
 * listeners, roles and folders are the driver's.
 */
export const BROKER_SETTINGS: Readonly<Record<string, string | number | boolean>> = {
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
