import { table } from '../fixture/judged.ts'

const FAILS = { expect: 'dead-letter', failures: -1 } as const

table('RD10', [
  ['one dead letter', 'held', (h) => h.fail(h.put('o-1', FAILS))],
  [
    'three of one delivery',
    'dlt-loop',
    (h) => {
      const event = h.put('o-1', FAILS)
      for (let n = 0; n < 3; n++) h.divert(event, 'dead-letter')
    },
  ],
  [
    'one a delivery',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.fail(event)
      h.fail(h.copy(event, FAILS))
    },
  ],
  [
    'once more after a crash',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.divert(event, 'dead-letter')
      h.fault('armed').fault('tookEffect').fault('cleared')
      h.divert(event, 'dead-letter')
    },
  ],
])
