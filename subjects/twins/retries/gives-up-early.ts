import { payPassingOn, sentBy } from '../failed-payment.ts'

// D2: two retries where three are declared.
payPassingOn((record, error, plan) => sentBy({ ...plan, retries: plan.retries.slice(0, -1) }, record, error))
