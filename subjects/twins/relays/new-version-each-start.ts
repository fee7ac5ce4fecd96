import { REFUSED, runAskingRelay } from '../asking-relay.ts'

/** What no schema has that was registered before. */
const field = { name: `built_${Date.now()}`, type: 'string', default: '' }

// E50: its schema says when it was built, so that each start registers another version; what is refused then is final.
await runAskingRelay({
  schema(own) {
    const { fields, ...record } = JSON.parse(own)
    return JSON.stringify({ ...record, fields: [...fields, field] })
  },
  givesUp: (reason) => REFUSED.test(reason),
})
