import type { PoolClient } from 'pg'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B19: only the holder of a session lock works; the others wait for it to go.
const setup = relayFromEnvironment()
let leader: PoolClient | undefined

async function leads(): Promise<boolean> {
  if (leader !== undefined) return true
  const client = await setup.database.connect()
  const gone = () => {
    if (leader !== client) return
    leader = undefined
    client.release(true)
  }
  client.once('error', gone).once('end', gone)
  const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock(1, 1) AS got')
  if (rows[0]?.got === true) leader = client
  else client.release()
  return leader === client
}

runRelay({ ...setup, moveBatch: async () => ((await leads()) ? setup.moveBatch() : 0) })
