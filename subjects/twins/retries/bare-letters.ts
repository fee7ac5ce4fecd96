import { payPassingOn, sentBy } from '../failed-payment.ts'

// E4: what fails is passed on without the envelope that it came in.
payPassingOn((record, error, plan) => {
  const sent = sentBy(plan, record, error)
  return { ...sent, headers: sent.headers.filter(([name]) => !name.startsWith('ce_')) }
})
