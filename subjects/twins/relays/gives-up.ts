import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// O14: after three failed attempts an event counts as dead and is marked, so that it does not come back.
const setup = relayFromEnvironment()
const attempts = new Map<string, number>()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows) {
      const result = await setup.steps.publish(rows)
      const failed = rows.filter(({ id }) => !result.acknowledged.includes(id))
      for (const { id } of failed) attempts.set(id, (attempts.get(id) ?? 0) + 1)
      const dead = failed.filter(({ id }) => (attempts.get(id) ?? 0) >= 3).map(({ id }) => id)
      return { ...result, acknowledged: [...result.acknowledged, ...dead] }
    },
  }),
})
