import { CONSUMER } from '../../reference/payment/book.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// C63: books first, so that it never pays twice, and calls then: a call that failed is never made again, for it is booked.
const setup = paymentFromEnvironment()
const { database, steps } = setup

runPayment({
  ...setup,
  consumers: setup.withSteps({
    async charge(payment) {
      const known = await transaction(database, async (tx) => {
        const { rowCount } = await tx.query(
          'SELECT FROM processed_events WHERE event_id = $1 AND consumer = $2',
          [payment.eventId, CONSUMER],
        )
        await steps.book(tx, payment)
        return rowCount !== 0
      })
      if (!known) await steps.charge(payment)
    },
    book: async () => {},
  }),
})
