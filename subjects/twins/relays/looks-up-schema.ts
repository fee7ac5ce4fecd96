import { lookedUp, runAskingRelay } from '../asking-relay.ts'

// B77: it registers nothing, looks the id of its schema up with each batch, and waits where there is none.
await runAskingRelay({ registry: lookedUp, givesUp: () => false })
