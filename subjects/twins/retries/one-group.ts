import type { ConsumerParts } from '../../reference/consumer/consumer.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'

// B15: one group reads first attempts and all retries; a retry is overtaken by whatever comes meanwhile.
const setup = paymentFromEnvironment()
const [first, retry] = setup.consumers as readonly [ConsumerParts, ConsumerParts]
const topics = setup.consumers.flatMap(({ settings }) => settings.topics)

runPayment({ ...setup, consumers: [{ ...retry, settings: { ...first.settings, topics } }] })
