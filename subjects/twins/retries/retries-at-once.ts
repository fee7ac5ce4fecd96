import { payPassingOn, sentBy } from '../failed-payment.ts'

// D24: nobody looks at when a retry is due.
payPassingOn((record, error, plan) => {
  const retries = plan.retries.map(({ topic }) => ({ topic, delay: 0 }))
  return sentBy({ ...plan, retries }, record, error)
})
