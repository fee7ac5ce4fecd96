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
    isolationLevel: isolationLevel(text('ISOLATION_LEVEL', 'read_committed', env)),
  }
}

/** A setting that is text. */
export function text(name: string, byDefault: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name] ?? ''
  return value === '' ? byDefault : value
}

function isolationLevel(value: string): ConsumerSettings['isolationLevel'] {
  if (value === 'read_committed' || value === 'read_uncommitted') return value
  throw new Error(`ISOLATION_LEVEL is '${value}'; it has to be read_committed or read_uncommitted`)
}

function atLeastOne(name: string, byDefault: number, env: NodeJS.ProcessEnv): number {
  const value = whole(name, byDefault, env)
  if (value === 0) throw new Error(`${name} is 0; it has to be at least 1`)
  return value
}
