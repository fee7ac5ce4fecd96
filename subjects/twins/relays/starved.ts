import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B25: a machine with no time for it; everything is late.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch() {
    const until = performance.now() + 100
    while (performance.now() < until);
    return setup.moveBatch()
  },
})
