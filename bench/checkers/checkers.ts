/**
 * How many history events all checkers together judge in a second, and whether that stays so for longer histories.
 * `npm run bench:checkers -- [events…]`, default 200000 1000000 5000000. Needs about 1 KB of memory an event.
 */
import { CHECKERS } from '../../proof/checkers/publish/checkers.ts'
import { PublisherView } from '../../proof/history/publisher-view.ts'
import { generated } from './generated.ts'

const sizes = process.argv.slice(2).map(Number)
console.log('    events   orders    view ms  checkers ms   events/s   /cpu-second   heap MB')
for (const size of sizes.length > 0 ? sizes : [200_000, 1_000_000, 5_000_000]) {
  const { events, plan, orders } = generated(size)
  const cpu = process.cpuUsage()
  const start = performance.now()
  const view = new PublisherView(events, plan)
  const indexed = performance.now()
  for (const checker of CHECKERS.values()) {
    const finding = checker.check(view)
    if (finding.kind !== 'held') throw new Error(`${checker.id} should hold: ${JSON.stringify(finding)}`)
  }
  const end = performance.now()
  const used = process.cpuUsage(cpu)
  const rate = (events.length / (end - start)) * 1000
  const heap = process.memoryUsage().heapUsed / 2 ** 20
  const columns: [number, number][] = [
    [events.length, 10],
    [orders, 9],
    [indexed - start, 11],
    [end - indexed, 13],
    [rate, 11],
    [(events.length / (used.user + used.system)) * 1e6, 14],
    [heap, 10],
  ]
  console.log(columns.map(([value, width]) => value.toFixed(0).padStart(width)).join(''))
}
