import { type Endpoint, firstEndpoint } from '../../core/endpoint.ts'
import type { Database, Viewpoint } from '../../stacks/stack.ts'
import type { HttpStub } from './http-stub.ts'
import type { RegistryDoor } from './registry-door.ts'
import type { SpanEndpoints } from './span-endpoints.ts'

/** Where a service's connections lead, if it has some: straight to the component, or through a link that may be hurt. */
export interface Addresses {
  readonly database?: Database
  /** In the place of the database's own. */
  readonly databaseLink?: { endpoint(from: Viewpoint): Endpoint } | undefined
  /** What the service is told of the broker. */
  readonly kafka?: (from: Viewpoint) => string
  readonly topicPrefix: string
  /** What answers outside calls and takes alerts. */
  readonly stub?: Pick<HttpStub, 'url' | 'alertsUrl'> | undefined
  /** In the place of the schema registry's own address. */
  readonly registry?: RegistryDoor | undefined
  /** What takes its spans. */
  readonly spans?: SpanEndpoints | undefined
}

/** Of one service instance. */
export interface Place {
  readonly from: Viewpoint
  /** A number, or what stands for one that is known only where the service runs. */
  readonly port: number | string
  readonly instance: number
}

/** The values of the contract's placeholders for one service instance; what has none there is not among them. */
export function placeholderValues(
  addresses: Addresses,
  { from, port, instance }: Place,
): Record<string, string> {
  const { database, databaseLink, kafka, stub, registry, spans, topicPrefix } = addresses
  return {
    ...(database ? databaseValues(database, (databaseLink ?? database).endpoint(from)) : {}),
    ...(kafka ? brokerValues(kafka(from)) : {}),
    topicPrefix,
    ...(stub ? { 'stub.url': stub.url(from), 'alerts.url': stub.alertsUrl(from) } : {}),
    ...(registry ? { 'schemaRegistry.url': registry.url(from) } : {}),
    ...(spans ? { 'otlp.endpoint': spans.http(from), 'otlp.grpc': spans.grpc(from) } : {}),
    port: String(port),
    instance: String(instance),
  }
}

function brokerValues(servers: string): Record<string, string> {
  const { host, port } = firstEndpoint(servers)
  return { 'kafka.bootstrapServers': servers, 'kafka.host': host, 'kafka.port': String(port) }
}

function databaseValues(
  { user, password, name }: Database,
  { host, port }: Endpoint,
): Record<string, string> {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  return {
    'postgres.url': `postgres://${login}@${host}:${port}/${name}`,
    'postgres.host': host,
    'postgres.port': String(port),
    'postgres.user': user,
    'postgres.password': password,
    'postgres.database': name,
  }
}
