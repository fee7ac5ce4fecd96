import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { avroSettingsFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { RegisteredEvents } from '../../reference/relay/registered-events.ts'

// B78: what it has shipped it announces in Avro, through the registry.
const setup = fulfillmentFromEnvironment()
const events = new RegisteredEvents(await avroSettingsFromEnvironment())

runFulfillment({ ...setup, announce: () => setup.announce(events) })
