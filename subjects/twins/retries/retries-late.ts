import { payPassingOn, sentBy } from '../failed-payment.ts'

// D29: every retry is due when its declared delay and two thirds of it are over.
payPassingOn((record, error, plan) => {
  const retries = plan.retries.map(({ topic, delay }) => ({ topic, delay: Math.round((delay * 5) / 3) }))
  return sentBy({ ...plan, retries }, record, error)
})
