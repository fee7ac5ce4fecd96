import { lagFromEnvironment, runLagExporter } from '../../reference/monitor/setup.ts'

/** A client that never asks again which partitions there are: many do so for minutes. */
const setup = lagFromEnvironment()
let known: ReadonlySet<number> | undefined
runLagExporter({
  ...setup,
  async lags() {
    const all = await setup.lags()
    const first = known ?? new Set(all.map(({ partition }) => partition))
    known = first
    return all.filter(({ partition }) => first.has(partition))
  },
})
