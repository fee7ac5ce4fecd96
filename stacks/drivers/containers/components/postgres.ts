import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { databaseClient } from '../../../../core/database-client.ts'
import type { Endpoint } from '../../../../core/endpoint.ts'
import type { DatabaseServer } from '../../../clients/database.ts'
import { DATABASE_SETTINGS } from '../../../settings/database.ts'
import type { Viewpoint } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { published } from '../host-side.ts'
import { atOnce, type Launch, ofRun, PostgresLaunch } from '../launch.ts'
import { RunningContainer } from '../running-container.ts'

const PORT = 5432

/** A Postgres server, which others find by its name. */
export class Postgres extends RunningContainer implements DatabaseServer {
  readonly user = 'postgres'
  readonly password = randomBytes(18).toString('base64url')
  protected readonly readyWhen = 'a query to be answered'
  readonly #image: string
  readonly #port: number

  private constructor(name: string, run: ContainerRun, image: string, port: number) {
    super(name, run, 10_000)
    this.#image = image
    this.#port = port
  }

  /** @throws {ComponentNotReady} */
  static async start(name: string, run: ContainerRun, image: string): Promise<Postgres> {
    const server = new Postgres(name, run, image, await run.ports.allocate())
    await server.begin()
    return server
  }

  protected async container(): Promise<Launch> {
    const settings = Object.entries(DATABASE_SETTINGS).flatMap(([key, value]) => ['-c', `${key}=${value}`])
    const container = new PostgresLaunch(this.#image)
      .withUsername(this.user)
      .withPassword(this.password)
      .withDatabase('postgres')
      .withCommand(['postgres', ...settings])
      // The module's own asks four times a second, inside, for as long as the server lives.
      .withHealthCheck({ test: ['NONE'] as never })
      .withWaitStrategy(atOnce)
    return ofRun(container, this.run, { alias: this.name, ports: { [PORT]: this.#port } })
  }

  protected async look(): Promise<boolean> {
    await this.query('SELECT 1')
    return true
  }

  endpoint(from: Viewpoint): Endpoint {
    return from === 'host' ? published(this.#port) : { host: this.name, port: PORT }
  }

  async query(sql: string): Promise<pg.QueryResult> {
    const { user, password } = this
    const client = databaseClient({
      ...published(this.#port),
      user,
      password,
      database: 'postgres',
      connectionTimeoutMillis: 2000,
    })
    await client.connect()
    try {
      return await client.query(sql)
    } finally {
      await client.end()
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    await this.run.ports.release(this.#port)
  }
}
