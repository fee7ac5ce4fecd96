import { endpointText } from '../../../../core/endpoint.ts'
import { exerciseRegistry } from '../../../clients/registry-probe.ts'
import type { RunningRegistry, Viewpoint } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { published } from '../host-side.ts'
import { atOnce, GenericLaunch, type Launch, ofRun } from '../launch.ts'
import { RunningContainer } from '../running-container.ts'

const NAME = 'schema-registry'
const PORT = 8080

/** Apicurio Registry, spoken to through Confluent's API. Its storage is its memory: started again, it is empty. */
export class SchemaRegistry extends RunningContainer implements RunningRegistry {
  protected readonly readyWhen = 'a schema to be registered'
  readonly #image: string
  readonly #port: number

  private constructor(run: ContainerRun, image: string, port: number) {
    super(NAME, run, 10_000)
    this.#image = image
    this.#port = port
  }

  /** @throws {ComponentNotReady} */
  static async start(run: ContainerRun, image: string): Promise<SchemaRegistry> {
    const registry = new SchemaRegistry(run, image, await run.ports.allocate())
    await registry.begin()
    return registry
  }

  protected async container(): Promise<Launch> {
    const container = new GenericLaunch(this.#image).withWaitStrategy(atOnce)
    return ofRun(container, this.run, { alias: NAME, ports: { [PORT]: this.#port } })
  }

  protected async look(): Promise<boolean> {
    await exerciseRegistry(this.url('host'))
    return true
  }

  url(from: Viewpoint): string {
    const at = from === 'host' ? published(this.#port) : { host: NAME, port: PORT }
    return `http://${endpointText(at)}/apis/ccompat/v7`
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    await this.run.ports.release(this.#port)
  }
}
