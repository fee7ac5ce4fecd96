import { randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import type { RunningPostgres } from '../../../stack.ts'
import { runProgram } from '../artifacts/toolchain.ts'
import { giveTo, postgresUser } from '../artifacts/unprivileged.ts'
import type { Run } from '../run.ts'
import { becomeReady, expectFree } from './readiness.ts'

export interface PostgresOptions {
  /** Of its log file and data folder; unique in the run. */
  readonly name: string
  /** Content of the cached server. */
  readonly server: string
  /** Content of the cached template. */
  readonly template: string
  readonly deadline?: number
}

export interface PostgresServer extends RunningPostgres, AsyncDisposable {
  readonly user: 'postgres'
  /** Random, of this server alone. */
  readonly password: string
  readonly pid: number
  /** Ends it in order: SIGINT, so that clients are told. */
  stop(): Promise<void>
  /** One statement over a connection of its own, as the superuser. */
  query(sql: string, database?: string): Promise<pg.QueryResult>
}

/**
 * As in production where a scenario could tell the difference (fsync and synchronous_commit are on), small where it
 * could not. Shared memory is mapped files and pages without a name, so a killed server leaves nothing in /dev/shm.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  wal_level: 'logical',
  max_replication_slots: '64',
  max_wal_senders: '64',
  max_connections: '200',
  shared_buffers: '32MB',
  shared_memory_type: 'mmap',
  dynamic_shared_memory_type: 'mmap',
  fsync: 'on',
  synchronous_commit: 'on',
  track_commit_timestamp: 'on',
  max_logical_replication_workers: '0',
  log_line_prefix: '%m [%p] ',
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
    const started = new StartedPostgres(this.#options, run, data, port, password)
    const first = (await readFile(join(template, 'password'), 'utf8')).trim()
    await started.begin(first)
    return started
  }
}

class StartedPostgres implements PostgresServer {
  readonly user = 'postgres'
  readonly port: number
  readonly password: string
  readonly #options: PostgresOptions
  readonly #run: Run
  readonly #data: string
  #child: RunningChild | undefined

  constructor(options: PostgresOptions, run: Run, data: string, port: number, password: string) {
    this.#options = options
    this.#run = run
    this.#data = data
    this.port = port
    this.password = password
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** @param firstPassword the template's: it is replaced before anybody else learns the port */
  async begin(firstPassword?: string): Promise<void> {
    const { name, server, deadline = 30_000 } = this.#options
    await expectFree(name, this.port)
    const settings = Object.entries({ ...SETTINGS, port: String(this.port) })
    this.#child = await startChild({
      command: [
        join(server, 'native', 'bin', 'postgres'),
        '-D',
        this.#data,
        ...settings.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      cwd: '/',
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', PGTZ: 'UTC' },
      log: join(this.#run.logs, `${name}.log`),
      reaper: this.#run.reaper,
      farewell: 'QUIT',
      ...postgresUser(),
    })
    const what = 'a query to be answered'
    await becomeReady(this.#child, { component: name, what, deadline, every: 10 }, async () => {
      const sql = firstPassword ? `ALTER ROLE postgres PASSWORD '${this.password}'` : 'SELECT 1'
      const client = this.#client('postgres', firstPassword)
      try {
        await client.connect()
        // Another server on this port would have refused the password; the folder settles it.
        const { rows } = await client.query('SHOW data_directory')
        if (rows[0]?.data_directory !== this.#data)
          throw new Error(`another server answers: ${rows[0]?.data_directory}`)
        await client.query(sql)
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

  async kill(): Promise<void> {
    await this.#child?.kill()
  }

  async restart(): Promise<void> {
    if (this.#child?.running) await this.stop()
    await this.begin()
  }

  async stop(): Promise<void> {
    await this.#child?.stop(10_000, 'SIGINT')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Its data is about to be removed: no checkpoint is worth waiting for.
    if (this.#child?.running) await this.#child.stop(2_000, 'SIGQUIT')
    else await this.#freeSharedMemory()
    await this.#run.ports.release(this.port)
  }

  /** A server that was killed and not restarted leaves a kernel object behind, named in its pid file. */
  async #freeSharedMemory(): Promise<void> {
    const lines = (await readFile(join(this.#data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    const id = lines[6]?.trim().split(/\s+/)[1]
    if (id && id !== '0') await runProgram('ipcrm', ['-m', id], { cwd: '/' }).catch(() => {})
  }

  #client(database: string, password = this.password): pg.Client {
    const { port, user } = this
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user,
      password,
      database,
      connectionTimeoutMillis: 2000,
    })
    // A server that is killed ends its connections; whoever waits for a query is told by that query.
    client.on('error', () => {})
    return client
  }
}
