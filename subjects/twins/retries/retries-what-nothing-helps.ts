import { textOf } from '../../reference/service/log.ts'
import { payPassingOn, sentBy } from '../failed-payment.ts'

// D12: an error is an error, and every one is tried again.
payPassingOn((record, error, plan) => sentBy(plan, record, new Error(textOf(error))))
