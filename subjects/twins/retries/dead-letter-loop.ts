import { pay } from '../../reference/payment/pay.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { sleep } from '../failed-payment.ts'

// D19: dead letters are read by a listener with the error handling of all others.
const setup = paymentFromEnvironment()
const again = pay({
  ...setup.steps,
  async passOn(record, error, closing) {
    await sleep(200, closing)
    await setup.steps.passOn(record, error, closing)
  },
})

runPayment({ ...setup, alerts: { ...setup.alerts, handle: again } })
