import { endpointText } from '../../core/endpoint.ts'
import type { Stack, Viewpoint } from '../../stacks/stack.ts'
import { Door } from './door.ts'
import { type Answers, RegistryFront } from './registry-front.ts'

/**
 * A service's own way to the schema registry, which all scenarios share: it can be closed for this one alone, and what the
 * registry answers can be another thing.
 */
export class RegistryDoor {
  readonly #door: Door
  readonly #front: RegistryFront
  readonly #path: string
  /** Before the first question of our own. */
  #used: boolean | undefined

  private constructor(door: Door, front: RegistryFront, path: string) {
    this.#door = door
    this.#front = front
    this.#path = path
  }

  /** It ends with `parts`. */
  static async open(stack: Stack, parts: AsyncDisposableStack): Promise<RegistryDoor> {
    const { hostname: host, port, pathname } = new URL(stack.schemaRegistry.url('host'))
    const front = parts.use(await RegistryFront.open({ host, port: Number(port) }))
    const listener = parts.use(await stack.listener())
    const door = parts.use(await Door.open({ listener, to: front.endpoint }))
    return new RegistryDoor(door, front, pathname.replace(/\/$/, ''))
  }

  url(from: Viewpoint): string {
    return `http://${endpointText(this.#door.endpoint(from))}${this.#path}`
  }

  /** Whether the service ever came this way: else it is not met by what is done here. */
  get used(): boolean {
    this.#used ??= this.#door.led > 0
    return this.#used
  }

  /** @returns how often somebody has asked, or tried to, since now; questions of our own are among them */
  watch(): () => number {
    const all = () => this.#front.asked + this.#door.turnedAway
    const before = all()
    return () => all() - before
  }

  /** Nobody answers. @returns {@link used} */
  close(): boolean {
    const { used } = this
    this.#door.shut()
    return used
  }

  /** The registry answers so. @returns {@link used} */
  answerBy(answers: Answers): boolean {
    const { used } = this
    this.#front.answerBy(answers)
    return used
  }

  async reopen(): Promise<void> {
    this.#front.answerBy(undefined)
    await this.#door.heal()
  }

  /** What the registry answers to a service; undefined where nobody answers within `patience` milliseconds. */
  async answer(patience = 5_000): Promise<number | undefined> {
    return this.#status('/subjects', { signal: AbortSignal.timeout(patience) })
  }

  /** What it answers to a schema that nobody ever had. */
  async answerToNew(subject: string): Promise<number | undefined> {
    const schema = JSON.stringify({ type: 'fixed', name: 'Nobodys', size: 1 })
    return this.#status(`/subjects/${encodeURIComponent(subject)}/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify({ schema }),
      signal: AbortSignal.timeout(5_000),
    })
  }

  #status(path: string, how: RequestInit): Promise<number | undefined> {
    return fetch(`${this.url('host')}${path}`, how).then(
      async (response) => {
        await response.arrayBuffer()
        return response.status
      },
      () => undefined,
    )
  }
}
