import { payPassingOn, sentBy } from '../failed-payment.ts'

// D7: nothing says where a dead letter came from.
payPassingOn((record, error, plan) => {
  const sent = sentBy(plan, record, error)
  return { ...sent, headers: sent.headers.filter(([name]) => !name.startsWith('kafka_original-')) }
})
