import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B12: the last aggregate first; within an aggregate the order is kept.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    publish(rows) {
      const aggregates = [...Map.groupBy(rows, ({ aggregateId }) => aggregateId).values()]
      return setup.steps.publish(aggregates.reverse().flat())
    },
  }),
})
