import { insist } from '../../reference/consumer/insist.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { sentBy } from '../failed-payment.ts'

// B16: several services share a topic for dead letters; a header says whose each of them is.
const setup = paymentFromEnvironment()
const { plan, producer } = setup
const ofAnother = {
  topic: plan.deadLetters,
  key: Buffer.from('somebody'),
  value: Buffer.from('{"invoiceId":"i-1"}'),
  headers: [
    ['eventId', '11111111-1111-4111-8111-111111111111'],
    ['service', 'billing'],
  ] as const,
}

insist(producer, ofAnother, new AbortController().signal).catch(() => {})

runPayment({
  ...setup,
  consumers: setup.withSteps({
    passOn(record, error, closing) {
      const sent = sentBy(plan, record, error)
      return insist(producer, { ...sent, headers: [...sent.headers, ['service', 'payment']] }, closing)
    },
  }),
})
