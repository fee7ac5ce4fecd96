import { payPassingOn, sentBy } from '../failed-payment.ts'

// D41: a dead letter goes to the partition of its event, as spring-kafka's recoverer has it, on a topic that has fewer.
payPassingOn((record, error, plan) => {
  const sent = sentBy(plan, record, error)
  return sent.topic === plan.deadLetters ? { ...sent, partition: record.partition } : sent
})
