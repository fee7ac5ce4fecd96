import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { plainBroker } from '../plain-broker.ts'

// O7: only the leader confirms. With one broker nothing can be lost by it, but what was asked for is on the wire.
const setup = relayFromEnvironment()
const broker = plainBroker({ acks: 1 })

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
