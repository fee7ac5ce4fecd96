import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import { databaseClient } from '../../../../core/database-client.ts'
import type { Endpoint } from '../../../../core/endpoint.ts'
import { runProgram } from '../../../artifacts/toolchain.ts'
import { giveTo, postgresUser } from '../../../artifacts/unprivileged.ts'
import type { DatabaseServer } from '../../../clients/database.ts'
import { LOOPBACK, onLoopback } from '../../../local/loopback.ts'
import { becomeReady, expectFree } from '../../../local/readiness.ts'
import type { Run } from '../../../local/run.ts'
import { RunningProcess } from '../../../local/running-process.ts'
import { DATABASE_SETTINGS } from '../../../settings/database.ts'

export interface PostgresOptions {
  /** Of its log file and data folder; unique in the run. */
  readonly name: string
  /** Content of the cached server. */
  readonly server: string
  /** Content of the cached template. */
  readonly template: string
  readonly deadline?: number
}

export interface PostgresServer extends DatabaseServer, AsyncDisposable {
  readonly port: number
  readonly pid: number
  /** One statement over a connection of its own, as the superuser. */
  query(sql: string, database?: string): Promise<pg.QueryResult>
}

/** Shared memory is mapped files and pages without a name, so a killed server leaves nothing in /dev/shm. */
const SETTINGS = {
  ...DATABASE_SETTINGS,
  listen_addresses: LOOPBACK,
  unix_socket_directories: '',
  shared_memory_type: 'mmap',
  dynamic_shared_memory_type: 'mmap',
} as const

/** A Postgres server on a copy of the template folder. */
export class Postgres {
  readonly #options: PostgresOptions

  constructor(options: PostgresOptions) {
    this.#options = options
  }

  /**
   * Resolves when a query over TCP is answered by this very server, under its own password.
   * @throws {ComponentNotReady} {PortOccupied}
   */
  async start(run: Run): Promise<PostgresServer> {
    const { name, template } = this.#options
    const data = join(run.data, name)
    // The copy is made by the user who will own it: the template is readable for nobody else.
    await mkdir(data, { mode: 0o700 })
    await giveTo(postgresUser(), data)
    await runProgram('/bin/cp', ['-R', `${join(template, 'data')}/.`, data], { cwd: '/', ...postgresUser() })
    const port = await run.ports.allocate()
    const password = randomBytes(18).toString('base64url')
    const first = (await readFile(join(template, 'password'), 'utf8')).trim()
    const started = new StartedPostgres(this.#options, run, data, port, { first, own: password })
    await started.begin()
    return started
  }
}

class StartedPostgres extends RunningProcess implements PostgresServer {
  readonly user = 'postgres'
  readonly port: number
  readonly password: string
  readonly #options: PostgresOptions
  readonly #data: string
  /** The template's: it is replaced before anybody else learns the port. */
  #firstPassword: string | undefined

  constructor(
    options: PostgresOptions,
    run: Run,
    data: string,
    port: number,
    passwords: { readonly first: string; readonly own: string },
  ) {
    // SIGINT tells its clients, and does not wait for them.
    super(options.name, run, { grace: 10_000, signal: 'SIGINT' })
    this.#options = options
    this.#data = data
    this.port = port
    this.#firstPassword = passwords.first
    this.password = passwords.own
  }

  endpoint(): Endpoint {
    return onLoopback(this.port)
  }

  protected async spawn(): Promise<RunningChild> {
    await expectFree(this.name, this.port)
    const settings = Object.entries({ ...SETTINGS, port: String(this.port) })
    return startChild({
      command: [
        join(this.#options.server, 'native', 'bin', 'postgres'),
        '-D',
        this.#data,
        ...settings.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      cwd: '/',
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', PGTZ: 'UTC' },
      log: this.log,
      reaper: this.run.reaper,
      farewell: 'QUIT',
      ...postgresUser(),
    })
  }

  protected async ready(child: RunningChild): Promise<void> {
    const { deadline = 30_000 } = this.#options
    const what = 'a query to be answered'
    await becomeReady(child, { component: this.name, what, deadline, every: 10 }, async () => {
      const first = this.#firstPassword
      const sql = first ? `ALTER ROLE postgres PASSWORD '${this.password}'` : 'SELECT 1'
      const client = this.#client('postgres', first)
      try {
        await client.connect()
        // Another server on this port would have refused the password; the folder settles it.
        const { rows } = await client.query('SHOW data_directory')
        if (rows[0]?.data_directory !== this.#data)
          throw new Error(`another server answers: ${rows[0]?.data_directory}`)
        await client.query(sql)
        this.#firstPassword = undefined
        return true
      } finally {
        await client.end().catch(() => {})
      }
    })
  }

  async query(sql: string, database = 'postgres'): Promise<pg.QueryResult> {
    const client = this.#client(database)
    await client.connect()
    try {
      return await client.query(sql)
    } finally {
      await client.end()
    }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    // Its data is about to be removed: no checkpoint is worth waiting for.
    if (this.running) await this.stop(2_000, 'SIGQUIT')
    else await this.#freeSharedMemory()
    this.ended()
    await this.run.ports.release(this.port)
  }

  /** A server that was killed and not restarted leaves a kernel object behind, named in its pid file. */
  async #freeSharedMemory(): Promise<void> {
    const lines = (await readFile(join(this.#data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    const id = lines[6]?.trim().split(/\s+/)[1]
    if (id && id !== '0') await runProgram('ipcrm', ['-m', id], { cwd: '/' }).catch(() => {})
  }

  #client(database: string, password = this.password): pg.Client {
    const { port, user } = this
    return databaseClient({
      host: LOOPBACK,
      port,
      user,
      password,
      database,
      connectionTimeoutMillis: 2000,
    })
  }
}
