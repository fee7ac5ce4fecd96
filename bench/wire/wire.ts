/**
 * What the wire proxy costs: throughput of a client through it beside the same client directly at the broker, and
 * the time from request to answer at 10 MB/s, in alternation on one stack. `npm run bench:wire -- --rounds N` (5).
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { Kafka, logLevel } from 'kafkajs'
import { WireProxy } from '../../proof/wire/proxy.ts'
import { openStack } from '../../stacks/drivers/processes.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const LOAD = fileURLToPath(new URL('./load.ts', import.meta.url))
const logs = await mkdtemp(join(tmpdir(), 'bench-wire-'))
const ratios = { produce: [] as number[], consume: [] as number[], p50: [] as number[], p99: [] as number[] }
const memory: number[] = []
/** Milliseconds of CPU that a megabyte through the proxy costs: less shaken by what else runs than the ratios. */
const cpu: number[] = []
{
  await using stack = await openStack({ logs })
  await stack.need(['kafka'])
  const direct = stack.kafka.bootstrapServers
  const [host = '', port] = direct.split(':')
  await using proxy = await WireProxy.open({ upstream: { host, port: Number(port) }, on: () => {} })
  const admin = new Kafka({ brokers: [direct], logLevel: logLevel.ERROR }).admin()
  await admin.connect()
  console.log(`${availableParallelism()} cores, node ${process.versions.node}`)
  for (let round = 1; round <= Number(values.rounds); round++) {
    const topic = `bench-${round}`
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
    const places = [direct, proxy.bootstrapServers]
    // The one that goes first has the colder caches: they take turns.
    if (round % 2 === 0) places.reverse()
    const results = new Map<string, Record<string, number>>()
    for (const kind of ['produce', 'consume', 'latency']) {
      for (const place of places) {
        const before = process.cpuUsage()
        const measured = await load(kind, place, topic)
        const { user, system } = process.cpuUsage(before)
        const { megabytes } = measured
        if (place !== direct && megabytes) cpu.push((user + system) / 1000 / megabytes)
        results.set(`${kind} ${place === direct ? 'direct' : 'proxied'}`, measured)
        const shown = Object.entries(measured).map(([name, value]) => `${name} ${value.toFixed(2)}`)
        const where = place === direct ? 'direct ' : 'proxied'
        console.log(
          `round ${round}  ${kind.padEnd(8)} ${where}  ${shown.join('  ')}  load ${loadavg()[0]?.toFixed(1)}`,
        )
      }
    }
    const of = (kind: string, name: string) => results.get(kind)?.[name] ?? Number.NaN
    for (const kind of ['produce', 'consume'] as const) {
      const rate = 'megabytesPerSecond'
      ratios[kind].push(of(`${kind} proxied`, rate) / of(`${kind} direct`, rate))
    }
    for (const name of ['p50', 'p99'] as const) {
      ratios[name].push(of('latency proxied', name) - of('latency direct', name))
    }
    memory.push(process.memoryUsage().rss / 1e6)
    await admin.deleteTopics({ topics: [topic] })
  }
  await admin.disconnect()
  console.log(`\nunknown ${JSON.stringify([...proxy.unknown])}, gaps ${JSON.stringify([...proxy.gaps])}`)
}
await rm(logs, { recursive: true })

for (const kind of ['produce', 'consume'] as const) {
  console.log(`${kind}: proxied ÷ direct ${range(ratios[kind])}, target ≥ 0.9`)
}
console.log(`added at 10 MB/s: p50 ${range(ratios.p50)} ms, p99 ${range(ratios.p99)} ms, target p99 ≤ 1 ms`)
console.log(
  `memory of the proxy’s process after each round: ${memory.map((mb) => mb.toFixed(0)).join(', ')} MB`,
)
process.exit(0)

async function load(kind: string, place: string, topic: string): Promise<Record<string, number>> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', LOAD, kind, place, topic])
  return JSON.parse(stdout)
}

/** Median and range of the rounds. */
function range(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [median, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)]
  return `${median?.toFixed(2)} (${least?.toFixed(2)}–${most?.toFixed(2)})`
}
