import { relayFromEnvironment, runRelay } from './setup.ts'

runRelay(relayFromEnvironment())
