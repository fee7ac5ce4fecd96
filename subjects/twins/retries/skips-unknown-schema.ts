import { UndecodableEvent } from '../../reference/consumer/event.ts'
import { paymentOf } from '../../reference/payment/payment.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { AvroValues } from '../avro-values.ts'

// E51: what it can not deserialize is logged, and left behind: as deserializers that throw before anybody has the record.
const setup = paymentFromEnvironment()
const values = new AvroValues()

runPayment({
  ...setup,
  consumers: setup.withSteps({
    paymentOf: async (record) => paymentOf(await values.inJson(record)),
    async passOn(record, error, closing) {
      if (error instanceof UndecodableEvent) log('skipped', { error: textOf(error) })
      else await setup.steps.passOn(record, error, closing)
    },
  }),
})
