import { avroRelayFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// E45: where the registry does not answer when it starts, it writes JSON until it is started anew.
const answers = await fetch(`${process.env.SCHEMA_REGISTRY_URL}/subjects`).then(
  ({ ok }) => ok,
  () => false,
)

runRelay(answers ? await avroRelayFromEnvironment() : relayFromEnvironment())
