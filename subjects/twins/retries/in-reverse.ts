import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'

// B13: works on what a poll brought from the last record to the first; no order is declared.
const setup = paymentFromEnvironment()

runPayment({
  ...setup,
  consumers: setup.consumers.map((parts) => ({
    ...parts,
    handle: (records, done, closing) => parts.handle([...records].reverse(), done, closing),
  })),
})
