import { framed } from '../../reference/relay/avro-events.ts'
import { avroRelayFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { runRelay } from '../../reference/relay/setup.ts'

// E43: what stands behind the id is not what the schema says.
runRelay(await avroRelayFromEnvironment((id, payload) => framed(id, payload.subarray(0, -1))))
