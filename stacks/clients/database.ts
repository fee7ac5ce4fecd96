import type { PostgresServer } from '../drivers/processes/components/postgres.ts'
import type { Database } from '../stack.ts'

/** Creates a database in a running server; disposing it ends its sessions, drops its slots, then drops it. */
export async function createDatabase(server: PostgresServer, name: string): Promise<Database> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new RangeError(`not a plain database name: ${name}`)
  // WAL_LOG copies through the log: the other strategy would force two checkpoints.
  await server.query(`CREATE DATABASE ${name} TEMPLATE template0 STRATEGY wal_log`)
  const { port, user, password } = server
  return {
    name,
    host: '127.0.0.1',
    port,
    user,
    password,
    url: `postgres://${user}:${password}@127.0.0.1:${port}/${name}`,
    server,
    [Symbol.asyncDispose]: () => dropDatabase(server, name),
  }
}

async function dropDatabase(server: PostgresServer, name: string): Promise<void> {
  const drop = async () => {
    await server.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
    )
    await server.query(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = '${name}' AND NOT active`,
    )
    await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
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
