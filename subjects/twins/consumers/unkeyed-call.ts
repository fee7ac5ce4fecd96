import { GatewayUnavailable } from '../../reference/payment/gateway.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { required } from '../../reference/service/environment.ts'

// C13: calls the gateway without a key by which it could recognise a payment.
const setup = paymentFromEnvironment()
const gateway = required('PAYMENT_GATEWAY_URL')

runPayment({
  ...setup,
  consumers: setup.withSteps({
    async charge({ paymentId, amount }) {
      const { ok, status } = await fetch(gateway, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ paymentId, amount }),
      })
      if (!ok) throw new GatewayUnavailable(`the gateway answered ${status}`)
    },
  }),
})
