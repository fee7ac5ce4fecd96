import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B24, the child: any trouble ends the process.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: () =>
    setup.moveBatch().catch((error) => {
      console.error(error)
      process.exit(1)
    }),
})
