/**
 * What the wire proxy costs: throughput of a client through it beside the same client directly at the broker, and
 * the time from request to answer at 10 MB/s. `npm run bench:wire -- --rounds N` (5).
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { firstEndpoint } from '../../core/endpoint.ts'
import { createTopics, deleteTopics } from '../../proof/observers/topics.ts'
import { WireObserver } from '../../proof/observers/wire-observer.ts'
import { openStack } from '../../stacks/open-stack.ts'

type Figures = Readonly<Record<string, number>>

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const LOAD = fileURLToPath(new URL('./load.ts', import.meta.url))
const logs = await mkdtemp(join(tmpdir(), 'bench-wire-'))
const found = { produce: [] as number[], consume: [] as number[], p50: [] as number[], p99: [] as number[] }
const memory: number[] = []
/** Milliseconds of CPU that a megabyte through the proxy costs. */
const cpu: number[] = []
{
  await using stack = await openStack('processes', { logs })
  await stack.need(['kafka'])
  const direct = stack.kafka.bootstrapServers('host')
  const upstream = firstEndpoint(direct)
  // With the observer that scenarios have, and a history that forgets.
  await using listener = await stack.listener()
  await using observer = await WireObserver.open({
    upstream,
    listener: async () => listener,
    record: () => {},
    group: 'bench',
  })
  const { proxy } = observer
  console.log(`${availableParallelism()} cores, node ${process.versions.node}`)
  for (let round = 1; round <= Number(values.rounds); round++) {
    const topic = `bench-${round}`
    await createTopics(direct, { [topic]: 1 })
    const measure = async (kind: string) => {
      const before = process.cpuUsage()
      const args = ['--no-warnings', LOAD, kind, topic, direct, proxy.bootstrapServers]
      const { stdout } = await promisify(execFile)(process.execPath, args)
      const { user, system } = process.cpuUsage(before)
      const [straight, proxied] = JSON.parse(stdout) as [Figures, Figures]
      cpu.push((user + system) / 1000 / (proxied.megabytes ?? Number.NaN))
      show(`round ${round}  ${kind.padEnd(8)}`, straight, proxied)
      return [straight, proxied] as const
    }
    for (const kind of ['produce', 'consume'] as const) {
      const [straight, proxied] = await measure(kind)
      found[kind].push((proxied.rate ?? Number.NaN) / (straight.rate ?? Number.NaN))
    }
    const [straight, proxied] = await measure('latency')
    for (const name of ['p50', 'p99'] as const) {
      found[name].push((proxied[name] ?? Number.NaN) - (straight[name] ?? Number.NaN))
    }
    memory.push(process.memoryUsage().rss / 1e6)
    await deleteTopics(direct, [topic])
  }
  console.log(
    `\nnot looked into: ${JSON.stringify([...proxy.unknown])}, gaps: ${JSON.stringify([...proxy.gaps])}`,
  )
}
await rm(logs, { recursive: true })

for (const kind of ['produce', 'consume'] as const) {
  console.log(`${kind}: proxied ÷ direct ${range(found[kind])}, target ≥ 0.9`)
}
console.log(`added at 10 MB/s: p50 ${range(found.p50)} ms, p99 ${range(found.p99)} ms, target p99 ≤ 1 ms`)
console.log(`CPU of the proxy for a megabyte: ${range(cpu)} ms`)
console.log(
  `memory of the proxy’s process after each round: ${memory.map((mb) => mb.toFixed(0)).join(', ')} MB`,
)
process.exit(0)

function show(title: string, direct: Figures, proxied: Figures): void {
  const figures = Object.keys(direct).map(
    (name) => `${name} ${direct[name]?.toFixed(2)} direct, ${proxied[name]?.toFixed(2)} proxied`,
  )
  console.log(`${title} ${figures.join('; ')}; load ${loadavg()[0]?.toFixed(1)}`)
}

/** Median and range. */
function range(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [median, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)]
  return `${median?.toFixed(2)} (${least?.toFixed(2)} to ${most?.toFixed(2)})`
}
