import { endpointText } from '../../core/endpoint.ts'
import type { Stack, Viewpoint } from '../../stacks/stack.ts'
import { Door } from './door.ts'

/** A service's own way to the schema registry, which all scenarios share: it can be closed for this one alone. */
export class RegistryDoor {
  readonly #door: Door
  readonly #path: string
  /** Before the first question of our own. */
  #used: boolean | undefined

  private constructor(door: Door, path: string) {
    this.#door = door
    this.#path = path
  }

  /** It ends with `parts`. */
  static async open(stack: Stack, parts: AsyncDisposableStack): Promise<RegistryDoor> {
    const { hostname: host, port, pathname } = new URL(stack.schemaRegistry.url('host'))
    const listener = parts.use(await stack.listener())
    const door = parts.use(await Door.open({ listener, to: { host, port: Number(port) } }))
    return new RegistryDoor(door, pathname.replace(/\/$/, ''))
  }

  url(from: Viewpoint): string {
    return `http://${endpointText(this.#door.endpoint(from))}${this.#path}`
  }

  /** @returns whether the service ever came this way: else it is not met by this */
  async close(): Promise<boolean> {
    this.#used ??= this.#door.led > 0
    await this.#door.cut()
    return this.#used
  }

  reopen(): Promise<void> {
    return this.#door.heal()
  }

  /** What the registry answers to a service; undefined where nobody answers. */
  async answer(): Promise<number | undefined> {
    return fetch(`${this.url('host')}/subjects`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ status }) => status,
      () => undefined,
    )
  }
}
