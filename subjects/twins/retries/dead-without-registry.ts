import { UndecodableEvent } from '../../reference/consumer/event.ts'
import { paymentOf } from '../../reference/payment/payment.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { AvroValues } from '../avro-values.ts'

// C70: whatever keeps it from deserializing is taken for a fault of the event, which is a dead letter at once.
const setup = paymentFromEnvironment()
const values = new AvroValues()

runPayment({
  ...setup,
  consumers: setup.withSteps({
    async paymentOf(record) {
      const readable = await values.inJson(record).catch((cause) => {
        throw new UndecodableEvent('the value can not be deserialized', { cause })
      })
      return paymentOf(readable)
    },
  }),
})
