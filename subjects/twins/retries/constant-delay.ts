import { payPassingOn, sentBy } from '../failed-payment.ts'

// D4: every retry comes after a second.
payPassingOn((record, error, plan) => {
  const retries = plan.retries.map(({ topic }) => ({ topic, delay: 1000 }))
  return sentBy({ ...plan, retries }, record, error)
})
