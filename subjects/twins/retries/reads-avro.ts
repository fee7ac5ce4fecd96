import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { AvroPayments } from '../avro-payment.ts'

// B79: it reads Avro; what no schema explains becomes a dead letter at once.
const setup = paymentFromEnvironment()
const payments = new AvroPayments()

runPayment({
  ...setup,
  consumers: setup.withSteps({ paymentOf: (record) => payments.paymentOf(record) }),
})
