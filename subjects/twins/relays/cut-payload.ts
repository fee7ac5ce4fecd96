import { runAvroRelay } from '../avro-relay.ts'

// E43: what stands behind the id is not what the schema says.
await runAvroRelay({ payload: (bytes) => bytes.subarray(0, -1) })
