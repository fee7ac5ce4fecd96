import { payPassingOn, sentBy } from '../failed-payment.ts'

// A failed record goes back to the topic that it came from, behind the others, until it succeeds.
payPassingOn((record, error, plan) => {
  const [first] = plan.retries
  const sent = sentBy(plan, record, error)
  return sent.topic === plan.deadLetters || first === undefined
    ? sent
    : { ...sent, topic: first.topic.replace(/-retry-\d+$/, '') }
})
