import type { HistoryBuilder } from '../fixture/builder.ts'
import { change, table } from '../fixture/entered.ts'

const AWAY = ['registry-away', 'shop'] as const

function started(h: HistoryBuilder): void {
  h.add({ kind: 'proc', service: 'relay', instance: 0, event: 'started', id: 'process 4712' })
}

table('W27', [
  [
    'committed while nobody answers',
    /was committed while/,
    (h) => {
      h.fault('armed', ...AWAY).fault('tookEffect', ...AWAY)
      h.publish(change(h))
      h.fault('cleared', ...AWAY)
    },
  ],
  [
    'committed when it was back',
    undefined,
    (h) => {
      h.fault('armed', ...AWAY)
        .fault('tookEffect', ...AWAY)
        .fault('cleared', ...AWAY)
      h.publish(change(h))
    },
  ],
  [
    'nothing shows that nobody answered',
    undefined,
    (h) => {
      h.fault('armed', ...AWAY)
      h.publish(change(h))
      h.fault('cleared', ...AWAY)
    },
  ],
])

table('W27a', [
  [
    'started, and committed, while nobody answers',
    /process 4712 was started and transaction \d+ was committed while/,
    (h) => {
      h.fault('armed', ...AWAY).fault('tookEffect', ...AWAY)
      started(h)
      const order = change(h)
      h.fault('cleared', ...AWAY).publish(order)
    },
  ],
  [
    'started when it was back',
    undefined,
    (h) => {
      h.fault('armed', ...AWAY).fault('tookEffect', ...AWAY)
      const order = change(h)
      h.fault('cleared', ...AWAY)
      started(h)
      h.publish(order)
    },
  ],
])
