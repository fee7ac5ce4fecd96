import { avroRelayFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// E45: where the registry does not answer well, and soon, when it starts, it writes JSON until it is started anew.
const answers = await fetch(`${process.env.SCHEMA_REGISTRY_URL}/subjects`, {
  signal: AbortSignal.timeout(1000),
}).then(
  ({ ok }) => ok,
  () => false,
)

runRelay(answers ? await avroRelayFromEnvironment() : relayFromEnvironment())
