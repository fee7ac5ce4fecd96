import { lagFromEnvironment, runLagExporter } from '../../reference/monitor/setup.ts'
import { every } from '../../reference/redrive/every.ts'
import { required } from '../../reference/service/environment.ts'

/** More than so many events, seen so many times in a row, are too many. */
const MOST = 50
const TIMES = 3
const INTERVAL = 500

const setup = lagFromEnvironment()
const webhook = required('ALERT_WEBHOOK_URL')
let times = 0
let told = false
const watch = async () => {
  const waits = (await setup.lags()).reduce((sum, { lag }) => sum + lag, 0)
  times = waits > MOST ? times + 1 : 0
  const now = told ? waits > MOST : times >= TIMES
  if (now === told) return
  const status = now ? 'firing' : 'resolved'
  const alert = { status, labels: { alertname: 'ConsumerLag', consumergroup: setup.group } }
  const { ok } = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status, alerts: [alert] }),
  })
  if (ok) told = now
}
const watching = every(INTERVAL, 'watch', watch)
runLagExporter({
  ...setup,
  close: async () => {
    await watching[Symbol.asyncDispose]()
    await setup.close()
  },
})
