import { databaseClient } from '../../core/database-client.ts'
import { messageOf } from '../../core/error.ts'
import { type DatabaseServer, dropDatabase } from '../clients/database.ts'
import type { Capability } from '../stack.ts'
import { ExternalUnfit } from './external-parts.ts'
import { notOurs } from './not-ours.ts'

export interface ExternalPostgres {
  readonly server: DatabaseServer
  readonly version: string
  /** What can not be done there, each with why. */
  readonly lacking: ReadonlyMap<Capability, string>
}

interface Probe {
  readonly version: string
  readonly wal: string
  readonly superuser: boolean
  readonly databases: boolean
  readonly replication: boolean
}

const PROBE = `SELECT current_setting('server_version') AS version, current_setting('wal_level') AS wal,
  rolsuper AS superuser, rolsuper OR rolcreatedb AS databases, rolsuper OR rolreplication AS replication
  FROM pg_roles WHERE rolname = current_user`

/** Asks a server what may be done there. Nothing is written. @throws {ExternalUnfit} */
export async function externalPostgres(url: string): Promise<ExternalPostgres> {
  const { hostname: host, port: given, username, password } = new URL(url)
  const port = Number(given || 5432)
  const where = `stack.postgres.url, ${host}:${port}`
  const query = (sql: string) => answer(url, sql)
  const [found] = await query(PROBE).catch((cause: unknown) => {
    throw new ExternalUnfit('the Postgres of the config can not be asked', {
      what: messageOf(cause),
      where,
      hint: 'the url is postgres://user:password@host:port/database, of a database that this user may connect to',
      cause,
    })
  })
  const { version, wal, databases, replication, superuser } = found as Probe
  if (!databases)
    throw new ExternalUnfit('the user of the Postgres of the config may not make databases', {
      what: `${username} has no CREATEDB, and each scenario has a database of its own`,
      where,
      hint: `ALTER ROLE "${username}" CREATEDB REPLICATION`,
    })
  const lacking = new Map<Capability, string>([
    ['kill-postgres', `Postgres at ${host}:${port} is run by somebody else: it is not killed`],
  ])
  if (wal !== 'logical' || !replication)
    lacking.set(
      'logical-replication',
      wal === 'logical'
        ? `${username} may not replicate from Postgres at ${host}:${port}: ALTER ROLE "${username}" REPLICATION`
        : `Postgres at ${host}:${port} has wal_level = ${wal}: ALTER SYSTEM SET wal_level = logical, and restart it`,
    )
  if (!superuser)
    lacking.set(
      'create-trigger',
      `${username} is no superuser of Postgres at ${host}:${port}: gates are put on tables by event triggers, as they are made`,
    )
  const server: DatabaseServer = {
    ...notOurs('postgres', `${host}:${port}`),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    endpoint: () => ({ host, port }),
    query,
  }
  return { server, version, lacking }
}

/** Drops the databases that begin with the prefix, with their slots, and nothing else. @returns how many */
export async function removeFromPostgres(url: string, prefix: string): Promise<number> {
  const server = { query: (sql: string) => answer(url, sql) }
  const like = `'${prefix}'`
  const found = await answer(url, `SELECT datname FROM pg_database WHERE starts_with(datname, ${like})`)
  for (const { datname } of found as { datname: string }[]) await dropDatabase(server, datname)
  return found.length
}

async function answer(url: string, sql: string): Promise<unknown[]> {
  const client = databaseClient({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } finally {
    await client.end().catch(() => {})
  }
}
