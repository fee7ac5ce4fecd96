import type { Endpoint } from '../../core/endpoint.ts'
import type {
  ComponentName,
  Database,
  Running,
  RunningService,
  ServiceSpec,
  Stack,
  Viewpoint,
} from '../../stacks/stack.ts'
import { loopbackListener } from './loopback-listener.ts'

export interface PaperStack extends Stack {
  /** What was asked for, in order. */
  readonly needed: readonly ComponentName[]
  readonly services: readonly ServiceSpec[]
}

/**
 * A stack that starts nothing and knows only what it was asked for. Its hosts are called after who asks for them, so
 * that a test sees whether the right one was told.
 */
export function paperStack(): PaperStack {
  const needed: ComponentName[] = []
  const services: ServiceSpec[] = []
  const at = (name: string, port: number) => (from: Viewpoint) => ({ host: `${name}.${from}.test`, port })
  const url = (endpoint: (from: Viewpoint) => Endpoint, path = '') => {
    return (from: Viewpoint) => `http://${endpoint(from).host}:${endpoint(from).port}${path}`
  }
  return {
    driver: 'paper',
    capabilities: new Set(),
    lost: new AbortController().signal,
    lacking: new Map(),
    versions: {},
    needed,
    services,
    prepare: async () => {},
    need: async (components) => void needed.push(...components),
    kafka: {
      ...handle('kafka'),
      clusterId: 'paper',
      bootstrapServers: (from) => `kafka.${from}.test:9092`,
      writer: () => refused('writer'),
    },
    connect: { ...handle('connect'), url: url(at('connect', 8083)), request: () => refused('request') },
    schemaRegistry: { ...handle('schema-registry'), url: url(at('registry', 8081), '/apis/ccompat/v7') },
    kubernetes: {
      kubeconfig: '',
      metricsAdapter: handle('keda-adapter'),
      namespace: () => refused('cluster'),
    },
    broker: () => refused('broker'),
    database: async (name) => paperDatabase(name),
    link: () => refused('link'),
    prometheus: () => refused('Prometheus'),
    listener: loopbackListener,
    viewpoint: (program) => ('image' in program ? 'service' : 'host'),
    port: async () => 4711,
    async service(spec) {
      services.push(spec)
      return paperService(spec)
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

export function paperDatabase(name: string): Database {
  const endpoint = (from: Viewpoint) => ({ host: `postgres.${from}.test`, port: 5432 })
  return {
    name,
    user: 'shop',
    password: 'secret',
    endpoint,
    url: (from) => `postgres://shop:secret@${endpoint(from).host}:5432/${name}`,
    server: handle('postgres'),
    [Symbol.asyncDispose]: async () => {},
  }
}

function paperService({ name, instance, port, on }: ServiceSpec): RunningService {
  const id = `sheet ${name}`
  on?.({ event: 'started', id })
  on?.({ event: 'ready', id })
  return {
    ...handle(name),
    id,
    instance,
    endpoint: (from) => ({ host: `${name}.${from}.test`, port }),
    [Symbol.asyncDispose]: async () => {},
  }
}

function handle(name: string): Running {
  return {
    name,
    id: `sheet ${name}`,
    running: true,
    kill: async () => {},
    pause: async () => {},
    resume: async () => {},
    stop: async () => {},
    restart: async () => {},
    async *logs() {},
  }
}

async function refused(what: string): Promise<never> {
  throw new Error(`there is no ${what} on paper`)
}
