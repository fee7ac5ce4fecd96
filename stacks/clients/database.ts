import type { Endpoint } from '../../core/endpoint.ts'
import type { Database, Running, Viewpoint } from '../stack.ts'

/** A running server, and how its superuser reaches it. */
export interface DatabaseServer extends Running {
  readonly user: string
  readonly password: string
  endpoint(from: Viewpoint): Endpoint
  /** One statement over a connection of its own, as the superuser. */
  query(sql: string): Promise<unknown>
}

/** Creates a database in a running server; disposing it ends its sessions, drops its slots, then drops it. */
export async function createDatabase(server: DatabaseServer, name: string): Promise<Database> {
  if (!/^[A-Za-z_][\w-]{0,62}$/.test(name)) throw new RangeError(`not a plain database name: ${name}`)
  // WAL_LOG copies through the log: the other strategy would force two checkpoints.
  if (name !== 'postgres') await server.query(`CREATE DATABASE "${name}" TEMPLATE template0 STRATEGY wal_log`)
  const { user, password } = server
  return {
    name,
    user,
    password,
    endpoint: (from) => server.endpoint(from),
    url(from) {
      const { host, port } = server.endpoint(from)
      return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${name}`
    },
    server,
    [Symbol.asyncDispose]: () => dropDatabase(server, name),
  }
}

/** Ends its sessions, drops its slots, then drops it. */
export async function dropDatabase(server: Pick<DatabaseServer, 'query'>, name: string): Promise<void> {
  const drop = async () => {
    await server.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
    )
    await server.query(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = '${name}' AND NOT active`,
    )
    await server.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  }
  // A walsender needs a moment to let its slot go. A server that is down drops nothing, and goes as a whole.
  for (let attempt = 0; ; attempt++) {
    try {
      return await drop()
    } catch (error) {
      const code = (error as { code?: string }).code
      if (code === 'ECONNREFUSED') return
      if (attempt === 40) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
