import { Client } from 'pg'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { required } from '../../reference/service/environment.ts'
import { log } from '../../reference/service/log.ts'

// O23: waits for notifications and does nothing else; one lost connection and it waits for ever.
const setup = relayFromEnvironment()
await setup.wake[Symbol.asyncDispose]()
const client = new Client({ connectionString: required('DATABASE_URL'), application_name: 'relay-listen' })
let rung = true
let ring = () => {}
client.on('error', (error) => log('not listening', { error: error.message }))
client.on('notification', () => {
  rung = true
  ring()
})
await client.connect()
await client.query('LISTEN outbox')

runRelay({
  ...setup,
  wake: {
    async next() {
      if (!rung) {
        await new Promise<void>((resolve) => {
          ring = resolve
        })
      }
      rung = false
    },
    async [Symbol.asyncDispose]() {
      ring()
      await client.end()
    },
  },
})
