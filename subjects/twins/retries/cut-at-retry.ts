import { payPassingOn, sentBy } from '../failed-payment.ts'

// T2: what fails is passed on without the context that it came in.
payPassingOn((record, error, plan) => {
  const sent = sentBy(plan, record, error)
  return { ...sent, headers: sent.headers.filter(([name]) => name !== 'traceparent') }
})
