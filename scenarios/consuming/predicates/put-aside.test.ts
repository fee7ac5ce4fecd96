import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const FAILS = { expect: 'dead-letter', failures: -1 } as const
const LOT = 'payment-events-parking-lot'

/** An event that is a dead letter so often, and is put aside so often after that. */
function redriven(h: ConsumerHistory, letters: number, parked: number): void {
  h.add({ kind: 'fact', name: 'redrive.after', subject: LOT, value: 2 })
  let event = h.put('o-1', FAILS)
  h.refuse(event)
  for (let n = 1; n < letters; n++) {
    event = h.copy(event, FAILS)
    h.refuse(event)
  }
  for (let n = 0; n < parked; n++) h.record(LOT, event)
}

table('RD12', [
  ['nobody redrives', 'held', (h) => h.refuse(h.put('o-1', FAILS))],
  ['redriven twice and put aside', 'held', (h) => redriven(h, 3, 1)],
  ['put aside after one redrive', 'put-aside-early', (h) => redriven(h, 2, 1)],
  ['redriven once more than declared, and put aside', 'redriven-without-end', (h) => redriven(h, 4, 1)],
  ['redriven again and again', 'redriven-without-end', (h) => redriven(h, 9, 0)],
  ['put aside twice', 'put-aside-twice', (h) => redriven(h, 3, 2)],
  [
    'one dead letter more, after a crash',
    'held',
    (h) => {
      redriven(h, 3, 1)
      const event = h.put('o-2', FAILS)
      h.refuse(event)
      h.fault('armed').fault('tookEffect').fault('cleared')
      for (let n = 0; n < 3; n++) h.refuse(h.copy(event, FAILS))
      h.record(LOT, event)
    },
  ],
  [
    'nobody put it aside',
    'never-put-aside',
    (h) => {
      redriven(h, 3, 0)
      h.pass(3_600_000)
    },
  ],
  ['the history ends before', 'unknown', (h) => redriven(h, 3, 0)],
])
