import { REFUSED, runAskingRelay } from '../asking-relay.ts'

/** What no schema says that was registered before. */
const doc = `built at ${new Date().toISOString()}`

// E50: its schema says when it was built, so that each start registers another version; what is refused then is final.
await runAskingRelay({
  registry: (own) => ({
    register: (subject, format, schema) =>
      own.register(subject, format, JSON.stringify({ ...JSON.parse(schema), doc })),
  }),
  givesUp: (reason) => REFUSED.test(reason),
})
