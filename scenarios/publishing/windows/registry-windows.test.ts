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

for (const [id, fault] of [
  ['W27a', 'registry-away'],
  ['W27b', 'registry-failing'],
  ['W27c', 'registry-slow'],
  ['W27e', 'registry-read-only'],
] as const)
  table(id, [
    [
      'started, and committed, while it is so',
      /process 4712 was started and transaction \d+ was committed while/,
      (h) => {
        h.fault('armed', fault, 'shop').fault('tookEffect', fault, 'shop')
        started(h)
        const order = change(h)
        h.fault('cleared', fault, 'shop').publish(order)
      },
    ],
    [
      'started when it was over',
      undefined,
      (h) => {
        h.fault('armed', fault, 'shop').fault('tookEffect', fault, 'shop')
        const order = change(h)
        h.fault('cleared', fault, 'shop')
        started(h)
        h.publish(order)
      },
    ],
    [
      'nothing shows that it was so',
      undefined,
      (h) => {
        h.fault('armed', fault, 'shop')
        started(h)
        const order = change(h)
        h.fault('cleared', fault, 'shop').publish(order)
      },
    ],
  ])

const DELETED = ['schema-deleted', 'shop'] as const

table('W27d', [
  [
    'committed while the subject is gone',
    /was committed while/,
    (h) => {
      h.fault('armed', ...DELETED).fault('tookEffect', ...DELETED)
      h.publish(change(h))
      h.fault('cleared', ...DELETED)
    },
  ],
  [
    'committed when it was there again',
    undefined,
    (h) => {
      h.fault('armed', ...DELETED)
        .fault('tookEffect', ...DELETED)
        .fault('cleared', ...DELETED)
      h.publish(change(h))
    },
  ],
])
