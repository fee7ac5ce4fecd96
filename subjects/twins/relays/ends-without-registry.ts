import { avroRelayFromEnvironment, avroSettingsFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { RegisteredEvents } from '../../reference/relay/registered-events.ts'
import { runRelay } from '../../reference/relay/setup.ts'

// B74: it registers its schema before it does anything else, and ends where it can not.
await new RegisteredEvents(await avroSettingsFromEnvironment()).register()

runRelay(await avroRelayFromEnvironment())
