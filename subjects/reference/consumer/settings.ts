import { required, whole } from '../service/environment.ts'

/** What a member of a consumer group asks of the brokers; the names of the settings are those of Kafka's clients. */
export interface ConsumerSettings {
  readonly bootstrapServers: string
  readonly group: string
  readonly topics: readonly string[]
  /** max.poll.records: records in one round of work. */
  readonly maxPollRecords: number
  /** max.poll.interval.ms: a round that takes longer costs the membership. */
  readonly maxPollInterval: number
  /** session.timeout.ms: so long the group waits for a heartbeat before it gives the partitions to others. */
  readonly sessionTimeout: number
  /** heartbeat.interval.ms: also how soon a member learns that the group changes. */
  readonly heartbeatInterval: number
  /** Records with different keys that are worked on at once. */
  readonly workers: number
  /** isolation.level: whether records of Kafka transactions that are open or were aborted are read too. */
  readonly isolationLevel: 'read_committed' | 'read_uncommitted'
  /** auto.offset.reset: where to begin where the group has no offset, or one that is gone. */
  readonly offsetReset: 'earliest' | 'latest'
}

/** The guide's values, each overridden by the environment. @throws {Error} that names a setting that can't be read. */
export function consumerSettings(
  group: string,
  topics: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ConsumerSettings {
  return {
    bootstrapServers: required('KAFKA_BOOTSTRAP_SERVERS', env),
    group,
    topics,
    maxPollRecords: atLeastOne('MAX_POLL_RECORDS', 500, env),
    maxPollInterval: atLeastOne('MAX_POLL_INTERVAL_MS', 300_000, env),
    sessionTimeout: atLeastOne('SESSION_TIMEOUT_MS', 45_000, env),
    heartbeatInterval: atLeastOne('HEARTBEAT_INTERVAL_MS', 15_000, env),
    workers: atLeastOne('WORKERS', 3, env),
    isolationLevel: oneOf('ISOLATION_LEVEL', ['read_committed', 'read_uncommitted'], env),
    offsetReset: oneOf('AUTO_OFFSET_RESET', ['earliest', 'latest'], env),
  }
}

/** A setting that is text. */
export function text(name: string, byDefault: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name] ?? ''
  return value === '' ? byDefault : value
}

/** One of a few words, the first by default. */
function oneOf<const T extends string>(
  name: string,
  allowed: readonly [T, ...T[]],
  env: NodeJS.ProcessEnv,
): T {
  const value = text(name, allowed[0], env)
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new Error(`${name} is '${value}'; it has to be ${allowed.join(' or ')}`)
  return found
}

function atLeastOne(name: string, byDefault: number, env: NodeJS.ProcessEnv): number {
  const value = whole(name, byDefault, env)
  if (value === 0) throw new Error(`${name} is 0; it has to be at least 1`)
  return value
}
