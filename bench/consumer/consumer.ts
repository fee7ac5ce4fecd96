/**
 * The reference fulfillment, a lane of records in one transaction, beside the same service with one transaction a
 * record, in alternation on one stack: events a second from the first fetch to the last commit of an offset.
 * Both write what they say of a shipment to the outbox; moving it from there is `bench:relay`'s, and not in these figures.
 * `npm run bench:consumer -- --rounds N` (3).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ignoreHarmlessWarnings } from '../../core/warnings.ts'
import { openStack } from '../../stacks/open-stack.ts'
import { type Contender, contenders } from './contenders.ts'
import { measure } from './measure.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
ignoreHarmlessWarnings()
const logs = await mkdtemp(join(tmpdir(), 'bench-consumer-'))
const results = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]))
{
  await using stack = await openStack('processes', { logs })
  await stack.need(['postgres', 'kafka'])
  console.log(`${availableParallelism()} cores, node ${process.versions.node}`)
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const [index, contender] of contenders.entries()) {
      const throughput = await measure(stack, contender, `${round}${'abc'[index]}`)
      results.get(contender)?.push(throughput)
      const load = loadavg()[0]?.toFixed(1)
      console.log(`round ${round}  ${contender.name.padEnd(36)} ${throughput.toFixed(0)}/s  load ${load}`)
    }
  }
}
await rm(logs, { recursive: true })

const [batch, ...others] = contenders
const ours = (batch && results.get(batch)) ?? []
for (const other of others) {
  const ratios = ours.map((throughput, round) => throughput / (results.get(other)?.[round] ?? Number.NaN))
  ratios.sort((a, b) => a - b)
  const [median, least, most] = [ratios[Math.floor(ratios.length / 2)], ratios[0], ratios.at(-1)]
  console.log(
    `batch ÷ ${other.name}: ×${median?.toFixed(1)} (${least?.toFixed(1)}–${most?.toFixed(1)}), target ≥ 20`,
  )
}
process.exit(0)
