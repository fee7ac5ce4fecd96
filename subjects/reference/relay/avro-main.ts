import { avroRelayFromEnvironment } from './avro-setup.ts'
import { runRelay } from './setup.ts'

runRelay(await avroRelayFromEnvironment())
