import { KafkaContainer } from '@testcontainers/kafka'
import { PostgreSqlContainer } from '@testcontainers/postgresql'
import { GenericContainer, type WaitStrategy } from 'testcontainers'
import { LOOPBACK } from '../../local/loopback.ts'
import type { ContainerRun } from './container-run.ts'

/** A container of Testcontainers that is to be started, with what a handle must be told of it. */
export interface Launch {
  /** Called with its id, before it is started. */
  created: (id: string) => void
  /** Called when it runs, before anything is waited for. */
  running: () => void
  start(): Promise<unknown>
}

export interface LaunchOptions {
  /** Where the others find it. */
  readonly alias: string
  /** Port inside → port of this machine. */
  readonly ports: Readonly<Record<number, number>>
}

/** Ready as soon as it runs: a handle looks itself, in the same way at the first start and at all later ones. */
export const atOnce: WaitStrategy = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
}

/** Any image. */
export class GenericLaunch extends GenericContainer implements Launch {
  created: Launch['created'] = () => {}
  running: Launch['running'] = () => {}

  protected override async beforeContainerCreated(): Promise<void> {
    onLoopback(this.hostConfig)
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.created(id)
  }

  protected override async containerStarting(): Promise<void> {
    this.running()
  }
}

export class PostgresLaunch extends PostgreSqlContainer implements Launch {
  created: Launch['created'] = () => {}
  running: Launch['running'] = () => {}

  protected override async beforeContainerCreated(): Promise<void> {
    onLoopback(this.hostConfig)
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.created(id)
  }

  protected override async containerStarting(): Promise<void> {
    this.running()
  }
}

export class KafkaLaunch extends KafkaContainer implements Launch {
  created: Launch['created'] = () => {}
  running: Launch['running'] = () => {}
  readonly #environment: Readonly<Record<string, string>>
  readonly #port: number

  /**
   * @param environment after what the base class says, and in its place
   * @param port of this machine, for the listener that the base class publishes wherever there is room
   */
  constructor(image: string, environment: Readonly<Record<string, string>>, port: number) {
    super(image)
    this.withKraft()
    this.#environment = environment
    this.#port = port
  }

  protected override async beforeContainerCreated(): Promise<void> {
    await super.beforeContainerCreated()
    this.withEnvironment(this.#environment).withExposedPorts({ container: 9093, host: this.#port })
    onLoopback(this.hostConfig)
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.created(id)
  }

  protected override async containerStarting(): Promise<void> {
    this.running()
  }
}

/** Puts a container into the run: its network, its name there, its ports and its labels. */
export function ofRun<C extends GenericContainer>(
  container: C,
  run: ContainerRun,
  options: LaunchOptions,
): C {
  container
    .withNetworkMode(run.network)
    .withNetworkAliases(options.alias)
    .withLabels({ ...run.labels })
    .withExtraHosts([{ host: 'host.docker.internal', ipAddress: 'host-gateway' }])
    // A sweep by labels of our own removes what a dead run leaves, whatever images the engine has.
    .withAutoCleanup(false)
  for (const [inside, port] of Object.entries(options.ports))
    container.withExposedPorts({ container: Number(inside), host: port })
  return container
}

interface Bindings {
  PortBindings?: unknown
}

/** Published for this machine alone, and not for its neighbours. */
function onLoopback(hostConfig: Bindings): void {
  const bindings = (hostConfig.PortBindings ?? {}) as Record<string, { HostPort: string; HostIp?: string }[]>
  for (const each of Object.values(bindings).flat()) each.HostIp = LOOPBACK
}
