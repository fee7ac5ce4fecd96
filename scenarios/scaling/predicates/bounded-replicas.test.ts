import { atRest, goodLife, type ScalingHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

function scaled(h: ScalingHistory, events: number, replicas: number): void {
  atRest(h).publish(events)
  h.pass(600).wake().pass(1000).scale(replicas, replicas).work().pass(2000)
}

table('SZ5', [
  ['from zero and back', 'held', (h) => void goodLife(h)],
  ['as many as there are partitions', 'held', (h) => scaled(h, 190, 4)],
  ["one more, by KEDA's rounding", 'held', (h) => scaled(h, 220, 5)],
  ['one more, on the way through that range', 'held', (h) => scaled(h, 2000, 5)],
  [
    'one more, by events that are written down a little later',
    'held',
    (h) => {
      atRest(h).publish(180)
      h.pass(600).wake().pass(1000).scale(5, 4).publish(30)
      h.pass(1000).work().pass(2000)
    },
  ],
  ['one more, and nothing explains it', 'idle-consumers', (h) => scaled(h, 120, 5)],
  ['two more', 'idle-consumers', (h) => scaled(h, 2000, 6)],
  ['two more, on purpose', 'held', (h) => scaled(h, 2000, 6), { scaling: { allowIdleConsumers: true } }],
])
