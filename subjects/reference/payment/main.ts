import { paymentFromEnvironment, runPayment } from './setup.ts'

runPayment(paymentFromEnvironment())
