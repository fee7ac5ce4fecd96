import { ATTEMPTS } from '../../reference/consumer/forwarded.ts'
import { payPassingOn, sentBy } from '../failed-payment.ts'

// D14: says on every retry that it is the first one.
payPassingOn((record, error, plan) => {
  const others = record.headers.filter(([name]) => name !== ATTEMPTS)
  return sentBy(plan, { ...record, headers: others }, error)
})
