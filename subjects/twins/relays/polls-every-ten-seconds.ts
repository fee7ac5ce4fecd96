import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { pollOnly } from '../poll-only.ts'

// B18: slow, and nothing else.
const setup = relayFromEnvironment()

runRelay({ ...setup, wake: pollOnly(setup.wake, 10_000) })
