import { payPassingOn, sentBy } from '../failed-payment.ts'

// D3: four retries where three are declared.
payPassingOn((record, error, plan) =>
  sentBy({ ...plan, retries: [...plan.retries, ...plan.retries.slice(-1)] }, record, error),
)
