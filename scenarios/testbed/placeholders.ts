import type { Database, Link } from '../../stacks/stack.ts'

/** Where a service's connections lead: straight to the component, or through a link that a scenario may hurt. */
export interface Addresses {
  readonly database: Database
  readonly databaseLink?: Link
  readonly kafka: string
  readonly kafkaLink?: Link
  readonly schemaRegistryUrl?: string
  readonly connectUrl?: string
  readonly topicPrefix: string
  /** What the database calls this service's sessions, so that it can be told who stands at a gate. */
  readonly sessionName?: string
  /** Of the stub that answers outside calls, and of the one that takes alerts. */
  readonly stubUrl?: string
  readonly alertsUrl?: string
}

/** The values of the contract's placeholders for one service instance. */
export function placeholderValues(
  addresses: Addresses,
  own: { port: number; instance: number },
): Record<string, string> {
  const { database, databaseLink, kafkaLink, sessionName } = addresses
  const at = { host: databaseLink?.host ?? database.host, port: databaseLink?.port ?? database.port }
  const login = `${encodeURIComponent(database.user)}:${encodeURIComponent(database.password)}`
  const session = sessionName === undefined ? '' : `?application_name=${encodeURIComponent(sessionName)}`
  return {
    'postgres.url': `postgres://${login}@${at.host}:${at.port}/${database.name}${session}`,
    'postgres.host': at.host,
    'postgres.port': String(at.port),
    'postgres.user': database.user,
    'postgres.password': database.password,
    'postgres.database': database.name,
    'kafka.bootstrapServers': kafkaLink ? `${kafkaLink.host}:${kafkaLink.port}` : addresses.kafka,
    'schemaRegistry.url': addresses.schemaRegistryUrl ?? '',
    'connect.url': addresses.connectUrl ?? '',
    topicPrefix: addresses.topicPrefix,
    'stub.url': addresses.stubUrl ?? '',
    'alerts.url': addresses.alertsUrl ?? '',
    port: String(own.port),
    instance: String(own.instance),
  }
}
