import { UndecodableEvent } from '../../reference/consumer/event.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { AvroPayments } from '../avro-payment.ts'

// E51: what it can not deserialize is logged, and left behind: as deserializers that throw before anybody has the record.
const setup = paymentFromEnvironment()
const payments = new AvroPayments()

runPayment({
  ...setup,
  consumers: setup.withSteps({
    paymentOf: (record) => payments.paymentOf(record),
    async passOn(record, error, closing) {
      if (error instanceof UndecodableEvent) log('skipped', { error: textOf(error) })
      else await setup.steps.passOn(record, error, closing)
    },
  }),
})
