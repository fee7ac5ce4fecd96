import { payWithLetterProducer } from '../letter-producer.ts'

// D23: asks all replicas, and sends again when no answer comes, without the number by which a broker knows a repetition.
await payWithLetterProducer(-1)
