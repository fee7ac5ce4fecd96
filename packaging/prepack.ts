import { ROOT } from './config-types.ts'
import { writeTypes } from './published-types.ts'

// npm runs this before it packs us.
await writeTypes(`${ROOT}/types`)
