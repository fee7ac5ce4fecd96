import { payPassingOn, sentBy } from '../failed-payment.ts'

// D5: each retry topic waits as long as the one behind it should.
payPassingOn((record, error, plan) => {
  const delays = plan.retries.map(({ delay }) => delay)
  const retries = plan.retries.map(({ topic }, tier) => ({
    topic,
    delay: delays[(tier + 1) % delays.length] ?? 0,
  }))
  return sentBy({ ...plan, retries }, record, error)
})
