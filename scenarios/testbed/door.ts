import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from '../../core/endpoint.ts'
import type { Waiting } from '../../proof/gates/gate-locks.ts'
import type { Sessions } from '../../proof/observers/session-claims.ts'
import type { Database, Listener, Stack, Viewpoint } from '../../stacks/stack.ts'
import { BackendKey } from './backend-key.ts'

export interface DoorOptions {
  /** Where it listens; disposed by the caller, after it. */
  readonly listener: Listener
  readonly to: Endpoint
}

/** A backend of the database, and where its client comes from. */
export type Backend = Pick<Waiting, 'pid' | 'clientPort'>

/**
 * The way of one service instance to its database, or to another component that it shares. The server tells each client
 * which backend serves it, so a door tells whose that is, whatever name a driver gives to its sessions; where a session is
 * encrypted, by the port that it comes from. And a door can be closed, as if what is behind it were out of reach, which
 * it stays for all others.
 */
export class Door implements AsyncDisposable {
  readonly #options: DoorOptions
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #ports = new Set<number>()
  readonly #pids = new Set<number>()
  #led = 0
  #shut = false
  #turnedAway = 0

  private constructor(options: DoorOptions) {
    this.#options = options
    this.#server = createServer({ allowHalfOpen: false, noDelay: true }, (client) => this.#lead(client))
  }

  static async open(options: DoorOptions): Promise<Door> {
    const door = new Door(options)
    await door.heal()
    return door
  }

  endpoint(from: Viewpoint): Endpoint {
    return this.#options.listener.endpoint(from)
  }

  /** Connections so far. */
  get led(): number {
    return this.#led
  }

  /** Connections that were ended as soon as they were made. */
  get turnedAway(): number {
    return this.#turnedAway
  }

  /** The sessions of this instance, at this moment; by their ports where no backend has told its id. */
  get sessions(): Sessions {
    return { pids: [...this.#pids], ports: this.#pids.size > 0 ? [] : [...this.#ports] }
  }

  /** Whether a backend is this instance's. */
  leads({ pid, clientPort }: Backend): boolean {
    if (this.#pids.size > 0) return this.#pids.has(pid)
    return clientPort !== null && clientPort !== undefined && this.#ports.has(clientPort)
  }

  /** Ends its connections, and refuses new ones. @returns how many there were */
  async cut(): Promise<number> {
    const count = this.#sockets.size / 2
    if (this.#server.listening) {
      const closed = once(this.#server, 'close')
      this.#server.close()
      for (const socket of this.#sockets) socket.destroy()
      await closed
    }
    return Math.ceil(count)
  }

  /** Ends its connections, and each new one as soon as it is made: so it is seen that somebody came. */
  shut(): void {
    this.#shut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  async heal(): Promise<void> {
    this.#shut = false
    if (this.#server.listening) return
    const { host, port } = this.#options.listener.bind
    this.#server.listen(port, host)
    await once(this.#server, 'listening')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut()
  }

  #lead(client: Socket): void {
    if (this.#shut) {
      this.#turnedAway++
      client.on('error', () => {}).resetAndDestroy()
      return
    }
    this.#led++
    const { host, port } = this.#options.to
    const behind = connect({ host, port, noDelay: true })
    let from: number | undefined
    let pid: number | undefined
    const key = new BackendKey()
    behind.on('data', (said: Buffer) => {
      const told = key.hear(said)
      if (told === undefined) return
      pid = told
      this.#pids.add(told)
    })
    behind.once('connect', () => {
      from = behind.localPort
      if (from !== undefined) this.#ports.add(from)
    })
    for (const [socket, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        this.#sockets.delete(socket)
        if (from !== undefined) this.#ports.delete(from)
        if (pid !== undefined) this.#pids.delete(pid)
        other.destroy()
      })
    }
    client.pipe(behind)
    behind.pipe(client)
  }
}

/** The instance that a backend serves, by its door. */
export function ledBy<T>(
  doors: readonly Door[],
  instances: readonly T[],
  backend: Backend | undefined,
): T | undefined {
  return backend && instances[doors.findIndex((door) => door.leads(backend))]
}

/** A door to the database for each instance, which ends with `parts`. */
export async function openDoors(
  instances: number,
  { stack, database, parts }: { stack: Stack; database: Database; parts: AsyncDisposableStack },
): Promise<Door[]> {
  const doors: Door[] = []
  for (let instance = 0; instance < instances; instance++) {
    const listener = parts.use(await stack.listener())
    doors.push(parts.use(await Door.open({ listener, to: database.endpoint('host') })))
  }
  return doors
}
