import { payPassingOn, sentBy } from '../failed-payment.ts'

// D15: retries have no key, and what becomes of them has none either.
payPassingOn((record, error, plan) => ({ ...sentBy(plan, record, error), key: null }))
