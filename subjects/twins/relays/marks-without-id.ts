import { runAskingRelay } from '../asking-relay.ts'

// E44: it asks for the id with each batch, and what it can not write without one is logged and marked like the others.
await runAskingRelay({ givesUp: () => true })
