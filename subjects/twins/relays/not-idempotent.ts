import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { plainBroker } from '../plain-broker.ts'

// O40: asks all replicas, but a repetition of a request is stored once more: the broker can't know it for one.
const setup = relayFromEnvironment()
const broker = plainBroker({ acks: -1 })

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
