import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { transactionalSend } from '../transactional-broker.ts'

// B6: every fifth request is aborted and repeated; the aborted records are on the log and nobody reads them.
const setup = relayFromEnvironment()
let requests = 0
const send = transactionalSend(() => ++requests % 5 === 0)

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(send) }) })
