import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { transactionalSend } from '../transactional-broker.ts'

// B5: Kafka transactions; their control records leave gaps in the offsets of events.
const setup = relayFromEnvironment()

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(transactionalSend()) }) })
