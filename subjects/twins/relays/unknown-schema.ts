import { framed } from '../../reference/relay/avro-events.ts'
import { avroRelayFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { runRelay } from '../../reference/relay/setup.ts'

// E41: it names a schema that the registry never heard of.
runRelay(await avroRelayFromEnvironment((id, payload) => framed(id + 1_000_000, payload)))
