import { type Endpoint, endpointText, firstEndpoint } from '../../core/endpoint.ts'
import type { Driver } from '../../stacks/driver.ts'
import { notOurs } from '../../stacks/external/not-ours.ts'
import type { Capability, Database, Link, ServiceSpec, Stack, Viewpoint } from '../../stacks/stack.ts'

/** What cannot be done to parts that somebody else runs. */
const OUT_OF_REACH: readonly Capability[] = ['kill-postgres', 'kill-kafka', 'kill-connect', 'debezium']

/** Loopback again, but under a name that only what the stack runs is told. */
const OTHER_NAME = 'localhost'

/**
 * A driver for parts that run already and are known by their addresses alone. Services and pods find them under another
 * host than we do, and a service that is told ours is refused: so a test sees that every address is asked for by the
 * one who uses it.
 * @param running opens what runs already; it ends with the stack
 */
export function addressedDriver(running: () => Promise<Stack>): Driver {
  return {
    open: async () => addressedStack(await running()),
    diagnose: async () => [],
  }
}

function addressedStack(inner: Stack): Stack {
  const seen = (endpoint: Endpoint, from: Viewpoint): Endpoint =>
    from === 'host' ? endpoint : { ...endpoint, host: OTHER_NAME }
  const seenUrl = (url: string, from: Viewpoint) => {
    const { hostname } = new URL(url)
    return from === 'host' ? url : url.replace(hostname, OTHER_NAME)
  }
  return {
    driver: 'addressed',
    capabilities: new Set([...inner.capabilities].filter((each) => !OUT_OF_REACH.includes(each))),
    lost: new AbortController().signal,
    lacking: new Map(OUT_OF_REACH.map((each) => [each, 'the parts are run by somebody else'])),
    versions: inner.versions,
    prepare: async () => {},
    need: (components) => inner.need(components),
    prometheus: (spec) => inner.prometheus(spec),
    get kafka() {
      const { kafka } = inner
      return {
        ...notOurs('kafka', 'its address'),
        clusterId: kafka.clusterId,
        bootstrapServers: (from: Viewpoint) =>
          endpointText(seen(firstEndpoint(kafka.bootstrapServers('host')), from)),
        writer: () => kafka.writer(),
      }
    },
    get connect() {
      const { connect } = inner
      const url = (from: Viewpoint) => seenUrl(connect.url('host'), from)
      return { ...notOurs('connect', 'its address'), url, request: connect.request.bind(connect) }
    },
    get schemaRegistry() {
      const { schemaRegistry } = inner
      return {
        ...notOurs('schema-registry', 'its address'),
        url: (from: Viewpoint) => seenUrl(schemaRegistry.url('host'), from),
      }
    },
    get kubernetes() {
      return { ...inner.kubernetes, metricsAdapter: notOurs('keda-adapter', 'its address') }
    },
    broker: () => inner.broker(),
    async database(name) {
      const database = await inner.database(name)
      const known: Database = {
        name: database.name,
        user: database.user,
        password: database.password,
        endpoint: (from) => seen(database.endpoint('host'), from),
        url: (from) => seenUrl(database.url('host'), from),
        server: notOurs('postgres', 'its address'),
        [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
      }
      return known
    },
    async link(name, target, by) {
      const link: Link = await inner.link(name, target, by)
      const endpoint = link.endpoint.bind(link)
      return Object.defineProperty(link, 'endpoint', {
        value: (from: Viewpoint) => seen(endpoint('host'), from),
      })
    },
    async listener() {
      const listener = await inner.listener()
      return { ...listener, endpoint: (from) => seen(listener.bind, from) }
    },
    viewpoint: () => 'service',
    port: (program) => inner.port(program),
    async service(spec) {
      expectOtherName(inner, spec)
      return inner.service(spec)
    },
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  }
}

/** @throws where a service was told an address as it looks from our own process */
function expectOtherName(inner: Stack, { name, env, program }: ServiceSpec): void {
  const { host } = firstEndpoint(inner.kafka.bootstrapServers('host'))
  const texts = [...Object.values(env), ...('command' in program ? (program.command ?? []) : [])]
  const wrong = texts.find((text) => text.includes(`${host}:`))
  if (wrong) throw new Error(`${name} was told an address of ours: ${wrong}`)
}
