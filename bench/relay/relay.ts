/**
 * The reference relay beside pg-transactional-outbox (at its defaults and tuned) and Debezium, in alternation on one
 * stack: throughput with order per aggregate and acks=all, and the time from commit to record.
 * `npm run bench:relay -- --rounds N` (3).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ignoreHarmlessWarnings } from '../../core/warnings.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Contender } from './contender.ts'
import { debezium, library, reference } from './contenders.ts'
import { type Measured, measure } from './measure.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
ignoreHarmlessWarnings()
const logs = await mkdtemp(join(tmpdir(), 'bench-relay-'))
const contenders: readonly Contender[] = [reference, library(5, 500), library(50, 50), debezium]
const results = new Map<Contender, Measured[]>(contenders.map((contender) => [contender, []]))
{
  await using stack = await openStack('processes', { logs })
  await stack.need(['postgres', 'kafka', 'connect'])
  console.log(`${availableParallelism()} cores, node ${process.versions.node}`)
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const [i, contender] of contenders.entries()) {
      const measured = await measure(stack, contender, `${round}${'abcd'[i]}`)
      results.get(contender)?.push(measured)
      console.log(
        `round ${round}  ${contender.name.padEnd(24)} ${shown(measured.throughput)}/s  p50 ${shown(measured.p50)} ms` +
          `  p99 ${shown(measured.p99)} ms  load ${loadavg()[0]?.toFixed(1)}`,
      )
    }
  }
}
await rm(logs, { recursive: true })

const ours = results.get(reference) ?? []
console.log(`\nreference relay: p50 ${range(ours.map(({ p50 }) => p50))} ms, target ≤ 10 ms`)
console.log(`Debezium: p50 ${range((results.get(debezium) ?? []).map(({ p50 }) => p50))} ms, target ≤ 15 ms`)
for (const [contender, others] of results) {
  if (contender === reference) continue
  const ratios = ours.map(({ throughput }, i) => throughput / (others[i]?.throughput ?? Number.NaN))
  const waits = ours.map(({ p50 }, i) => p50 / (others[i]?.p50 ?? Number.NaN))
  const target = contender === debezium ? '' : ' (target ≥ ×20)'
  console.log(`reference ÷ ${contender.name}: throughput ×${range(ratios)}${target}, p50 ×${range(waits)}`)
}
process.exit(0)

/** Median and range of the rounds. */
function range(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  return `${shown(sorted[Math.floor(sorted.length / 2)])} (${shown(sorted[0])}–${shown(sorted.at(-1))})`
}

function shown(value = Number.NaN): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2)
}
