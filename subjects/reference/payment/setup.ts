import type { Pool } from 'pg'
import { type ConsumerParts, type RunningConsumer, startConsumer } from '../consumer/consumer.ts'
import { dueAt } from '../consumer/forwarded.ts'
import { insist } from '../consumer/insist.ts'
import { type RecordProducer, recordProducer } from '../consumer/producer.ts'
import { consumerSettings, text } from '../consumer/settings.ts'
import { healthServer } from '../relay/health.ts'
import { answers, openDatabase } from '../service/database.ts'
import { host, required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { type Tracer, tracerFromEnvironment } from '../service/tracer.ts'
import { alertAll, webhook } from './alert.ts'
import { book } from './book.ts'
import { httpGateway } from './gateway.ts'
import { pay, type Steps } from './pay.ts'
import { paymentOf } from './payment.ts'
import { afterFailure, type RetryPlan, retryTopics } from './retry-plan.ts'

/** A payment service that is not running yet. */
export interface PaymentSetup {
  readonly database: Pool
  readonly tracer: Tracer
  readonly producer: RecordProducer
  readonly plan: RetryPlan
  readonly steps: Steps
  /** First attempts, and those of each retry topic: every topic is read by a group of its own. */
  readonly consumers: readonly ConsumerParts[]
  /** What reads the dead letters. */
  readonly alerts: ConsumerParts
  /** The same consumers with some steps of an attempt replaced. */
  readonly withSteps: (changes: Partial<Steps>) => readonly ConsumerParts[]
}

export function paymentFromEnvironment(): PaymentSetup {
  const prefix = process.env.TOPIC_PREFIX ?? ''
  const topic = text('TOPIC', 'payment-events')
  const group = text('CONSUMER_GROUP', 'payment-group')
  const plan: RetryPlan = {
    retries: retryTopics(
      text('RETRY_TOPICS', [0, 1, 2].map((index) => `${topic}-retry-${index}`).join()),
      text('RETRY_DELAYS_MS', '1000,2000,4000'),
      prefix,
    ),
    deadLetters: prefix + text('DEAD_LETTER_TOPIC', `${topic}-dlt`),
  }
  const first = consumerSettings(group, [prefix + topic])
  const database = openDatabase({
    url: required('DATABASE_URL'),
    name: 'payment',
    connections: first.workers * (1 + plan.retries.length) + 1,
    patience: 60_000,
  })
  const producer = recordProducer(first.bootstrapServers, group)
  const tracer = tracerFromEnvironment('payment')
  const steps: Steps = {
    database,
    tracer,
    paymentOf,
    charge: httpGateway(required('PAYMENT_GATEWAY_URL'), whole('PAYMENT_GATEWAY_TIMEOUT_MS', 3000)),
    book,
    passOn: (record, error, closing) =>
      insist(producer, afterFailure(plan, record, error, Date.now()), closing),
  }
  const alerts: ConsumerParts = {
    settings: consumerSettings(`${group}-dlt`, [plan.deadLetters]),
    handle: alertAll(webhook(process.env.ALERT_WEBHOOK_URL)),
  }
  const withSteps = (changes: Partial<Steps>): readonly ConsumerParts[] => {
    const handle = pay({ ...steps, ...changes })
    const retries = plan.retries.map(({ topic }, index) => ({
      settings: consumerSettings(`${group}-retry-${index}`, [topic]),
      handle,
      dueAt,
    }))
    return [{ settings: first, handle }, ...retries]
  }
  return { database, tracer, producer, plan, steps, consumers: withSteps({}), alerts, withSteps }
}

/** Runs until SIGTERM. */
export function runPayment({ database, tracer, producer, consumers, alerts }: PaymentSetup): void {
  const running: readonly RunningConsumer[] = consumers.map(startConsumer)
  // Not part of the health: payments go on while nobody can be told of dead letters.
  const telling = startConsumer(alerts)
  const health = healthServer({
    postgres: () => answers(database),
    kafka: async () => running.every(({ reading }) => reading),
  })
  const port = whole('PORT', 8080)
  health.listen(port, host, () => log('taking payments', { port }))

  closeOnSignal(
    () => Promise.all([telling, ...running].map((consumer) => consumer[Symbol.asyncDispose]())),
    () => producer[Symbol.asyncDispose](),
    async () => health.close().closeAllConnections(),
    () => database.end(),
    () => tracer[Symbol.asyncDispose](),
  )
}
