import { alertAll, webhook } from '../../reference/payment/alert.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'

// X41: an alert that fails is logged, and never sent again.
const setup = paymentFromEnvironment()
const alert = webhook(process.env.ALERT_WEBHOOK_URL)

runPayment({
  ...setup,
  alerts: {
    ...setup.alerts,
    handle: alertAll((record) =>
      alert(record).catch((error) => log('nobody was told', { error: textOf(error) })),
    ),
  },
})
