import { runCursorRelay } from '../cursor-relay.ts'

// O10: "everything above the last number". A transaction that commits late has a number below it.
runCursorRelay('sequence')
