import type { PartitionLag } from '../../reference/monitor/group-lag.ts'
import { lagFromEnvironment, runLagExporter } from '../../reference/monitor/setup.ts'
import { every } from '../../reference/redrive/every.ts'

/** Milliseconds between two looks. */
const INTERVAL = 2000

const setup = lagFromEnvironment()
let seen: Promise<readonly PartitionLag[]> = setup.lags()
seen.catch(() => {})
const look = async () => {
  const now = setup.lags()
  await now
  seen = now
}
const looking = every(INTERVAL, 'look', look)
runLagExporter({
  ...setup,
  lags: () => seen,
  close: async () => {
    await looking[Symbol.asyncDispose]()
    await setup.close()
  },
})
