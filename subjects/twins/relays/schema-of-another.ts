import { runAvroRelay } from '../avro-relay.ts'

// E42: its schema is registered for another topic.
await runAvroRelay({ subject: 'customer-events-value' })
