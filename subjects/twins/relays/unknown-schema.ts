import { avroRelayFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { framed } from '../../reference/relay/registered-events.ts'
import { runRelay } from '../../reference/relay/setup.ts'

// E41: it names a schema that the registry never heard of.
runRelay(await avroRelayFromEnvironment((id, payload) => framed(id + 1_000_000, payload)))
