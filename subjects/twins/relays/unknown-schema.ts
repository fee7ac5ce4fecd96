import { runAvroRelay } from '../avro-relay.ts'

// E41: it names a schema that the registry never heard of.
await runAvroRelay({ named: (id) => id + 1_000_000 })
