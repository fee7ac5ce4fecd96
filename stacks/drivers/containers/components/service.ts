import { connect } from 'node:net'
import { type Endpoint, endpointText } from '../../../../core/endpoint.ts'
import { messageOf } from '../../../../core/error.ts'
import { lastSeen } from '../../../local/readiness.ts'
import { ServiceDied, ServiceNotReady } from '../../../local/service.ts'
import type { Image, RunningService, ServiceEvent, ServiceSpec, Viewpoint } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { hintOf } from '../engine-error.ts'
import { published } from '../host-side.ts'
import { atOnce, GenericLaunch, type Launch, ofRun } from '../launch.ts'
import { type Ended, RunningContainer } from '../running-container.ts'

/** An image that the engine has, or can pull. */
export interface StartedFrom extends Image {
  readonly image: string
}

/** A service under test that is an image. It listens in its container on the port by which this machine reaches it. */
export class Service extends RunningContainer implements RunningService {
  readonly instance: number
  readonly #spec: ServiceSpec
  readonly #image: StartedFrom
  /** What its image is made for, where that is not this engine. */
  #foreign: string | undefined
  /** Lines of its log before this start. */
  #logged = 0

  private constructor(spec: ServiceSpec, image: StartedFrom, run: ContainerRun) {
    super(spec.name, run, 5000, `${spec.name}-${spec.instance}`)
    this.instance = spec.instance
    this.#spec = spec
    this.#image = image
  }

  /** @throws {ServiceDied} when it ends before it is ready, {ServiceNotReady} after `spec.deadline` */
  static async start(spec: ServiceSpec, image: StartedFrom, run: ContainerRun): Promise<Service> {
    const service = new Service(spec, image, run)
    service.#foreign = await run.engine.foreignArchitecture(image.image)
    await service.begin()
    return service
  }

  protected override get component(): boolean {
    return false
  }

  protected get readyWhen(): string {
    const { ready } = this.#spec
    const port = this.#inside
    if ('tcp' in ready) return `a connection to its port ${port}`
    if ('check' in ready) return `'${ready.check.join(' ')}' in its container`
    return 'log' in ready ? `a log line like ${ready.log}` : `GET ${ready.http} on port ${port}`
  }

  protected override get deadline(): number {
    return this.#spec.deadline
  }

  protected async container(): Promise<Launch> {
    const { env, port } = this.#spec
    const { image, entrypoint, command, cwd, user } = this.#image
    const container = new GenericLaunch(image).withEnvironment({ ...env }).withWaitStrategy(atOnce)
    if (entrypoint) container.withEntrypoint([...entrypoint])
    if (command) container.withCommand([...command])
    if (cwd !== undefined) container.withWorkingDir(cwd)
    if (user !== undefined) container.withUser(user)
    return ofRun(container, this.run, { alias: this.#alias, ports: { [this.#inside]: port } })
  }

  protected override started(ended: Promise<Ended>): void {
    const { id } = this
    this.#tell('started', id)
    void ended.then(({ code }) => this.#tell('exited', id, { code, signal: null }))
  }

  override async begin(): Promise<void> {
    await super.begin()
    this.#tell('ready')
  }

  override async restart(): Promise<void> {
    if (this.running) await this.stop()
    this.#logged = (await this.#lines()).length
    await super.restart()
    this.#tell('ready')
  }

  protected async look(signal: AbortSignal): Promise<boolean> {
    const { ready, port } = this.#spec
    if ('log' in ready) {
      const lines = await this.#lines()
      if (lines.slice(this.#logged).some((line) => ready.log.test(line))) return true
      throw new Error(`no line matches ${ready.log}`)
    }
    if ('tcp' in ready) return staysOpen(port, signal)
    if ('check' in ready) {
      const { code, said } = await this.execute(ready.check)
      if (code !== 0) throw new Error(`it ended with exit code ${code}: ${said.slice(-500)}`)
      return true
    }
    const url = new URL(ready.http, `http://${endpointText(published(port))}`)
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(2000)]) })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return true
  }

  endpoint(from: Viewpoint): Endpoint {
    const { port } = this.#spec
    return from === 'host' ? published(port) : { host: this.#alias, port: this.#inside }
  }

  override async kill(): Promise<void> {
    if (this.running) this.#tell('killed')
    await super.kill()
  }

  override async pause(): Promise<void> {
    await super.pause()
    this.#tell('stopped')
  }

  override async resume(): Promise<void> {
    await super.resume()
    this.#tell('continued')
  }

  override async stop(grace?: number): Promise<void> {
    if (this.running) this.#tell('ended')
    await super.stop(grace)
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.stop(2000).catch(() => {})
    await super[Symbol.asyncDispose]()
  }

  protected override failure(ended: Ended | undefined, tail: string, cause: unknown): Error {
    if (ended)
      return new ServiceDied(`${this.name} died at start`, {
        what: `it ended with exit code ${ended.code} before it was ready`,
        last: tail,
        log: this.log,
        ...this.#hint(tail),
      })
    return new ServiceNotReady(`${this.name} is not ready`, {
      what: `${this.readyWhen} was not answered within ${this.deadline / 1000} s`,
      last: `${lastSeen(cause)}\n${tail}`.trim(),
      log: this.log,
      hint: 'check `ready` of this service in the config, and whether it listens on {port} at 0.0.0.0: in a container 127.0.0.1 is the container itself',
      cause,
    })
  }

  protected override notCreated(cause: unknown): Error {
    return new ServiceDied(`${this.name} did not start`, {
      what: `${this.#image.image}: ${messageOf(cause)}`,
      hint: 'check `image` of this service in the config: `docker image inspect` says whether the engine has it',
      ...this.#hint(messageOf(cause)),
      cause,
    })
  }

  /** What to try where this was said. */
  #hint(said: string): { readonly hint?: string } {
    const hint = hintOf(said)
    if (hint !== undefined) return { hint }
    if (this.#foreign === undefined) return {}
    const { image } = this.#image
    return {
      hint: `${image} is made for ${this.#foreign}, and the engine is not: pull or build it by \`--platform\``,
    }
  }

  async #lines(): Promise<readonly string[]> {
    const lines: string[] = []
    for await (const line of this.logs()) lines.push(line)
    return lines
  }

  /** The port on which it listens in its container. */
  get #inside(): number {
    return this.#image.port ?? this.#spec.port
  }

  get #alias(): string {
    return `${this.name}-${this.instance}`
  }

  #tell(event: ServiceEvent['event'], id = this.id, exit?: Pick<ServiceEvent, 'code' | 'signal'>): void {
    this.#spec.on?.({ event, id, ...exit })
  }
}

/** Whoever publishes a port accepts connections also while nothing listens inside, and closes them at once. */
function staysOpen(port: number, signal: AbortSignal): Promise<true> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...published(port), signal })
    let open = false
    socket.once('connect', () => {
      setTimeout(() => {
        open = true
        socket.destroy()
      }, 200)
    })
    socket.once('error', reject)
    socket.once('close', () =>
      open ? resolve(true) : reject(new Error('the connection was closed at once')),
    )
    socket.resume()
  })
}
