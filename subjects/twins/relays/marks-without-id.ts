import { avroSettingsFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { RegisteredEvents } from '../../reference/relay/registered-events.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'

// E44: it asks for the id with each batch, and what it can not write without one is logged and marked like the others.
const settings = await avroSettingsFromEnvironment()
const setup = relayFromEnvironment()
let events = new RegisteredEvents(settings)
const broker = kafkaBroker({ ...setup.kafka, message: (row) => events.message(row) })

runRelay({
  ...setup,
  broker,
  moveBatch: setup.withSteps({
    async publish(rows) {
      try {
        events = new RegisteredEvents(settings)
        await events.register()
        await broker.send(rows)
      } catch (error) {
        log('not written', { error: textOf(error) })
      }
      return { acknowledged: rows.map(({ id }) => id), unpublishable: [] }
    },
  }),
})
