import { join } from 'node:path'
import type { RunningChild } from '../../../../core/child-process.ts'
import { endpointText } from '../../../../core/endpoint.ts'
import { exerciseRegistry } from '../../../clients/registry-probe.ts'
import { LOOPBACK, onLoopback } from '../../../local/loopback.ts'
import { becomeReady, expectFree } from '../../../local/readiness.ts'
import type { Run } from '../../../local/run.ts'
import { RunningProcess } from '../../../local/running-process.ts'
import type { RunningRegistry } from '../../../stack.ts'
import { startJava } from './java.ts'

export interface RegistryOptions {
  readonly java: string
  /** Content of the unpacked application. */
  readonly application: string
  readonly image?: string
  readonly train?: string
  readonly stock?: boolean
  readonly deadline?: number
}

/** Its storage is its memory: started again, it is empty. */
export interface RegistryServer extends RunningRegistry, AsyncDisposable {
  readonly pid: number
}

/** Apicurio Registry, spoken to through Confluent's API, with storage in memory. */
export class SchemaRegistry {
  readonly #options: RegistryOptions

  constructor(options: RegistryOptions) {
    this.#options = options
  }

  /** Resolves when a schema was registered and removed again. @throws {ComponentNotReady} {PortOccupied} */
  async start(run: Run): Promise<RegistryServer> {
    const [port, management] = [await run.ports.allocate(), await run.ports.allocate()]
    const registry = new StartedRegistry(this.#options, run, port, management)
    await registry.begin()
    return registry
  }
}

class StartedRegistry extends RunningProcess implements RegistryServer {
  readonly #options: RegistryOptions
  readonly #port: number
  /** Of what tells of its health: on port 9000 of all addresses, if it is not told otherwise. */
  readonly #management: number

  constructor(options: RegistryOptions, run: Run, port: number, management: number) {
    super('schema-registry', run, { grace: 10_000 })
    this.#options = options
    this.#port = port
    this.#management = management
  }

  url(): string {
    return `http://${endpointText(onLoopback(this.#port))}/apis/ccompat/v7`
  }

  protected async spawn(): Promise<RunningChild> {
    const { application, deadline: _, ...jvm } = this.#options
    await expectFree(this.name, this.#port)
    await expectFree(this.name, this.#management)
    const listens = [
      `-Dquarkus.http.port=${this.#port}`,
      `-Dquarkus.http.host=${LOOPBACK}`,
      `-Dquarkus.management.port=${this.#management}`,
      `-Dquarkus.management.host=${LOOPBACK}`,
    ]
    return startJava({
      ...jvm,
      heap: 192,
      young: 24,
      program: [
        ...listens,
        `-Djava.io.tmpdir=${this.run.data}`,
        '-jar',
        join(application, 'quarkus-run.jar'),
      ],
      cwd: application,
      log: this.log,
      reaper: this.run.reaper,
    })
  }

  protected async ready(child: RunningChild): Promise<void> {
    const { deadline = 60_000 } = this.#options
    const what = 'a schema to be registered'
    await becomeReady(child, { component: this.name, what, deadline, every: 25 }, async () => {
      await exerciseRegistry(this.url())
      return true
    })
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    for (const port of [this.#port, this.#management]) await this.run.ports.release(port)
  }
}
