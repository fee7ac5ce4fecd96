import { payWithLetterProducer } from '../letter-producer.ts'

// D22: takes a dead letter for stored when the leader has it. If the leader is lost then, so is the event.
await payWithLetterProducer(1)
