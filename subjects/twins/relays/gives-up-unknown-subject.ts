import { avroSettingsFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { RegisteredEvents } from '../../reference/relay/registered-events.ts'
import { lookedUp, REFUSED, runAskingRelay } from '../asking-relay.ts'

// E49: it registers its schema when it starts, looks it up with each batch, and takes "there is none" for the last word.
await new RegisteredEvents(await avroSettingsFromEnvironment()).register()

await runAskingRelay({ registry: lookedUp, givesUp: (reason) => REFUSED.test(reason) })
