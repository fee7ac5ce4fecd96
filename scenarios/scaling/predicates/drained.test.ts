import { atRest, goodLife, type ScalingHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

function awake(h: ScalingHistory): ScalingHistory {
  atRest(h).publish(60)
  return h.pass(600).wake().work()
}

table('SZ6', [
  ['from zero and back', 'held', (h) => void goodLife(h)],
  [
    'a redelivered event leaves a second effect',
    'drain-loss',
    (h) => {
      const inputs = awake(h).publish(10)
      h.pod('order-fulfillment-a', 'exited', 'SIGTERM')
        .effect(...inputs)
        .effect(inputs[0] as never)
    },
  ],
  [
    'work that was given up at SIGTERM is passed over',
    'drain-loss',
    (h) => {
      awake(h).publish(10)
      h.pod('order-fulfillment-a', 'exited', 'SIGTERM').work(9).baseline().pass(2000)
    },
  ],
  [
    'work that was given up at SIGTERM is done by the next pod',
    'held',
    (h) => {
      awake(h).publish(10)
      h.work(4).pod('order-fulfillment-a', 'exited', 'SIGTERM').pass(1000).work().pass(1000)
    },
  ],
  [
    'late is not lost',
    'unknown',
    (h) => {
      awake(h).publish(10)
      h.work(4).pass(2000)
    },
  ],
  [
    'the same transaction delivered twice by the counterexample',
    'held',
    (h) => {
      awake(h)
      const tx = h.events.find(({ kind }) => kind === 'pg.tx')
      if (tx) h.add(tx as never)
    },
  ],
])
