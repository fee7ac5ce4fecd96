import { deadLetters } from '../../reference/monitor/dead-letters.ts'
import type { PartitionLag } from '../../reference/monitor/group-lag.ts'
import { lettersFromEnvironment, runExporter } from '../../reference/monitor/setup.ts'

/** Letters that it saw come, each for ever: whoever takes them up says nothing to it. */
const { lags, close } = lettersFromEnvironment()
let before: readonly PartitionLag[] = []
const came = new Map<number, number>()
const count = async () => {
  const now = await lags()
  for (const { partition, lag } of now) {
    const known = before.find((one) => one.partition === partition)?.lag ?? 0
    came.set(partition, (came.get(partition) ?? 0) + Math.max(0, lag - known))
  }
  before = now
  return now.map((one) => ({ ...one, lag: came.get(one.partition) ?? 0 }))
}
runExporter({ told: [deadLetters({ lags: count })], close })
