import { paymentOf } from '../../reference/payment/payment.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { AvroValues } from '../avro-values.ts'

// B79: it reads Avro; what no schema explains becomes a dead letter at once.
const setup = paymentFromEnvironment()
const values = new AvroValues()

runPayment({
  ...setup,
  consumers: setup.withSteps({ paymentOf: async (record) => paymentOf(await values.inJson(record)) }),
})
