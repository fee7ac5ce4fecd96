import { runAvroRelay } from '../avro-relay.ts'

// B71: events are Avro, written through a schema registry.
await runAvroRelay()
