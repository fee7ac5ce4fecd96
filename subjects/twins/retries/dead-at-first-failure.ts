import { payPassingOn, sentBy } from '../failed-payment.ts'

// D11: the first failure is the last.
payPassingOn((record, error, plan) => sentBy({ ...plan, retries: [] }, record, error))
