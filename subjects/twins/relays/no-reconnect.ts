import { Client } from 'pg'
import { claim } from '../../reference/relay/claim.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { required } from '../../reference/service/environment.ts'
import { log } from '../../reference/service/log.ts'

// O24: one connection, made at the start. When it is gone every round fails.
const setup = relayFromEnvironment()
const client = new Client({ connectionString: required('DATABASE_URL'), application_name: 'relay' })
client.on('error', (error) => log('the connection was lost', { error: error.message }))
await client.connect()
const { publish } = setup.steps

runRelay({
  ...setup,
  async moveBatch() {
    await client.query('BEGIN')
    try {
      const rows = await claim(client as never, 1000)
      const { acknowledged, failure } = rows.length > 0 ? await publish(rows) : { acknowledged: [] }
      await setup.steps.mark(client as never, acknowledged)
      await client.query('COMMIT')
      if (failure !== undefined) throw failure
      return rows.length
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      throw error
    }
  },
})
