import { alertAll, webhook } from '../../reference/payment/alert.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'

// X8: dead letters are logged, and nobody who could be woken up reads the log.
const setup = paymentFromEnvironment()

runPayment({ ...setup, alerts: { ...setup.alerts, handle: alertAll(webhook(undefined)) } })
