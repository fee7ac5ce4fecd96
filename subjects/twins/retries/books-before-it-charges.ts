import { transaction } from '../../reference/service/transaction.ts'
import { payWith } from '../failed-payment.ts'

// D16: books a payment, and then asks the gateway for the money; what was booked stays when it says no.
payWith(({ steps, database }) => ({
  async charge(payment) {
    await transaction(database, (tx) => steps.book(tx, payment))
    await steps.charge(payment)
  },
}))
