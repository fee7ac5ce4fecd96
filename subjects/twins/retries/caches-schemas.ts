import { setTimeout as pause } from 'node:timers/promises'
import { UndecodableEvent } from '../../reference/consumer/event.ts'
import { paymentOf } from '../../reference/payment/payment.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { required } from '../../reference/service/environment.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { AvroValues } from '../avro-values.ts'

const versions = `${required('SCHEMA_REGISTRY_URL')}/subjects/${encodeURIComponent(required('SUBJECT'))}/versions`

async function answerOf(url: string) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5000) })
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`)
  return JSON.parse(await answer.text())
}

/** All versions of its subject, as soon as the registry tells them. */
async function all(): Promise<Map<number, unknown>> {
  for (;;)
    try {
      const known = new Map<number, unknown>()
      for (const number of await answerOf(versions)) {
        const { id, schema } = await answerOf(`${versions}/${number}`)
        known.set(id, JSON.parse(schema))
      }
      return known
    } catch (error) {
      log('the schemas are not there', { error: textOf(error) })
      await pause(200)
    }
}

// B111: it reads all schemas before it begins, and again, with its partitions waiting, where it meets one that it has not.
let known = await all()
const values = new AvroValues(async (id) => {
  if (!known.has(id)) known = await all()
  if (!known.has(id)) throw new UndecodableEvent(`no version of its subject has id ${id}`)
  return known.get(id)
})
const setup = paymentFromEnvironment()

runPayment({
  ...setup,
  consumers: setup.withSteps({ paymentOf: async (record) => paymentOf(await values.inJson(record)) }),
})
