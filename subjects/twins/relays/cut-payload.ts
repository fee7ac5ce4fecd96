import { avroRelayFromEnvironment } from '../../reference/relay/avro-setup.ts'
import { framed } from '../../reference/relay/registered-events.ts'
import { runRelay } from '../../reference/relay/setup.ts'

// E43: what stands behind the id is not what the schema says.
runRelay(await avroRelayFromEnvironment((id, payload) => framed(id, payload.subarray(0, -1))))
