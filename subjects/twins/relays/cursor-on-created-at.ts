import { runCursorRelay } from '../cursor-relay.ts'

// O11: "everything since the last time". now() is when a transaction began, not when it committed.
runCursorRelay('created_at')
