/**
 * How many history events all predicates together judge in a second, and whether that stays so for longer histories:
 * of a publisher, and of a consumer.
 * `npm run bench:predicates -- [events…]`, default 200000 1000000 5000000. Needs about 1 KB of memory an event.
 */

import type { HistoryEvent } from '../../proof/history/event.ts'
import { fed } from '../../proof/history/view.ts'
import type { Predicate } from '../../proof/predicate.ts'
import { PREDICATES as CONSUME } from '../../scenarios/consuming/fixture/kinds.ts'
import { ConsumerView } from '../../scenarios/consuming/view/consumer-view.ts'
import { PREDICATES as PUBLISH } from '../../scenarios/publishing/fixture/kinds.ts'
import { PublisherView } from '../../scenarios/publishing/view/publisher-view.ts'
import { generated } from './generated.ts'
import { generatedConsumer } from './generated-consumer.ts'

const sizes = process.argv.slice(2).map(Number)
console.log('              events     view ms  predicates ms   events/s   /cpu-second   heap MB')
for (const size of sizes.length > 0 ? sizes : [200_000, 1_000_000, 5_000_000]) {
  publisher(size)
  consumer(size)
}

function publisher(size: number): void {
  const { events, plan } = generated(size)
  judge('publisher', events, PUBLISH, () => fed(new PublisherView(plan), events))
}

function consumer(size: number): void {
  const { events, plan } = generatedConsumer(size)
  judge('consumer', events, CONSUME, () => fed(new ConsumerView(plan), events))
}

function judge<View>(
  kind: string,
  events: readonly HistoryEvent[],
  predicates: ReadonlyMap<string, Predicate<View>>,
  open: () => View,
): void {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const view = open()
  const indexed = performance.now()
  for (const predicate of predicates.values()) {
    const finding = predicate.check(view)
    if (finding.kind !== 'held') throw new Error(`${predicate.id} should hold: ${JSON.stringify(finding)}`)
  }
  const end = performance.now()
  const used = process.cpuUsage(cpu)
  const columns: [number, number][] = [
    [events.length, 10],
    [indexed - start, 12],
    [end - indexed, 13],
    [(events.length / (end - start)) * 1000, 11],
    [(events.length / (used.user + used.system)) * 1e6, 14],
    [process.memoryUsage().heapUsed / 2 ** 20, 10],
  ]
  console.log(kind.padEnd(10) + columns.map(([value, width]) => value.toFixed(0).padStart(width)).join(''))
}
