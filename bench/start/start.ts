/**
 * How long a stack takes to be ready and what it holds in memory: ours beside the same parts with stock settings,
 * one after the other, in alternation; and ours with a cluster, which has no counterpart.
 * `npm run bench:start -- --pairs N` (3), `--only ours` for a quick look, `--extent cluster` for one of them, `--cold`
 * for the first start of all instead: everything is obtained, built and trained in an empty cache.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ignoreHarmlessWarnings } from '../../core/warnings.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { ComponentName } from '../../stacks/stack.ts'
import type { Extent, Measured } from './measured.ts'
import { CLUSTER, memoryByComponent } from './memory.ts'
import { startStock } from './stock.ts'

const TARGETS = {
  core: { seconds: 3, megabytes: 350 },
  full: { seconds: 6, megabytes: 700 },
  // One program is all seven servers: what they share counts once.
  cluster: { seconds: 7, megabytes: 1000 },
} as const
/** Seconds for the first start of all. */
const COLD_TARGET = 240

const MORE: Readonly<Record<Extent, readonly ComponentName[]>> = {
  core: [],
  full: ['connect', 'schema-registry'],
  cluster: ['kubernetes'],
}

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    extent: { type: 'string', default: 'core,full,cluster' },
    cold: { type: 'boolean', default: false },
  },
})
ignoreHarmlessWarnings()

const logs = await mkdtemp(join(tmpdir(), 'bench-start-'))
console.log(
  `${availableParallelism()} cores, ${process.platform} ${process.arch}, node ${process.versions.node}`,
)
if (values.cold) await startCold()
else {
  const extents = (['core', 'full', 'cluster'] as const).filter((each) => values.extent.includes(each))
  for (const extent of extents) await startOurs(extent, true)
  for (const extent of extents) await (extent === 'cluster' ? measureCluster() : compare(extent))
}
await rm(logs, { recursive: true })

async function startCold(): Promise<void> {
  const cache = await mkdtemp(join(tmpdir(), 'bench-cache-'))
  // Postgres may run as another user.
  await chmod(cache, 0o755)
  process.env.EVENTPROOF_CACHE = cache
  const { ready } = await startOurs('full', true)
  console.log(`cold: everything ready in ${inSeconds(ready)} (target ${COLD_TARGET} s)`)
  await rm(cache, { recursive: true })
}

async function compare(extent: Extent): Promise<void> {
  const ours: Measured[] = []
  const stock: Measured[] = []
  for (let pair = 1; pair <= Number(values.pairs); pair++) {
    ours.push(await shown(`${extent} ours  ${pair}`, () => startOurs(extent)))
    if (values.only !== 'ours')
      stock.push(await shown(`${extent} stock ${pair}`, () => startStock(extent, logs)))
  }
  const { seconds, megabytes } = TARGETS[extent]
  console.log(
    `${extent}, median: ready ${inSeconds(median(ours.map(({ ready }) => ready)))} (target ${seconds} s)`,
  )
  console.log(`  memory ${inMegabytes(median(ours.map(totalResident)))} resident (target ${megabytes} MB)`)
  if (stock.length > 0) {
    const ready = inSeconds(median(stock.map((each) => each.ready)))
    console.log(`  stock  ${ready}, ${inMegabytes(median(stock.map(totalResident)))} resident`)
  }
}

/** Components are started beside each other: the time that counts is Kubernetes' own. */
async function measureCluster(): Promise<void> {
  const all: Measured[] = []
  for (let n = 1; n <= Number(values.pairs); n++)
    all.push(await shown(`cluster ours ${n}`, () => startOurs('cluster')))
  const { seconds, megabytes } = TARGETS.cluster
  const ready = all.map(({ components }) => components.get('kubernetes') ?? Number.NaN)
  console.log(`cluster, median: kubernetes ready ${inSeconds(median(ready))} (target ${seconds} s)`)
  const memory = inMegabytes(median(all.map(clusterProportional)))
  console.log(
    `  control plane and KEDA ${memory} proportional, each page counted once (target ${megabytes} MB)`,
  )
}

async function shown(title: string, measure: () => Promise<Measured>): Promise<Measured> {
  const load = loadavg()[0]?.toFixed(1)
  const measured = await measure()
  const memory = [...measured.memory].map(
    ([name, { resident, proportional }]) => `${name} ${Math.round(resident)}/${Math.round(proportional)}`,
  )
  const times = [...measured.components].map(([name, milliseconds]) => `${name} ${inSeconds(milliseconds)}`)
  console.log(`${title}: ready ${inSeconds(measured.ready)} at load ${load}: ${times.join(', ')}`)
  console.log(
    `  MB resident/proportional: ${memory.join(', ')}; in all ${Math.round(totalResident(measured))}`,
  )
  return measured
}

/** @param quiet the first start of all, which may have to fill the cache */
async function startOurs(extent: Extent, quiet = false): Promise<Measured> {
  const components = new Map<string, number>()
  const begun = performance.now()
  await using stack = await openStack('processes', {
    logs,
    onProgress: (event) => {
      if (event.type === 'component' && event.state === 'ready') {
        components.set(event.component, event.milliseconds ?? 0)
      } else if (quiet && event.type === 'artifact' && event.step === 'ready') {
        const size = inMegabytes((event.bytes ?? 0) / 1e6)
        console.log(`  ${event.artifact} after ${inSeconds(event.milliseconds ?? 0)}, ${size}`)
      }
    },
  })
  const link = async () => {
    const start = performance.now()
    await stack.link('bench', 'kafka', 'host')
    components.set('toxiproxy', performance.now() - start)
  }
  await stack.need(['postgres', 'kafka', 'toxiproxy', ...MORE[extent]])
  await link()
  return { ready: performance.now() - begun, components, memory: memoryByComponent() }
}

function clusterProportional({ memory }: Measured): number {
  return CLUSTER.reduce((sum, server) => sum + (memory.get(server)?.proportional ?? 0), 0)
}

function totalResident({ memory }: Measured): number {
  return [...memory.values()].reduce((sum, { resident }) => sum + resident, 0)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

function inMegabytes(value: number): string {
  return `${Math.round(value)} MB`
}
