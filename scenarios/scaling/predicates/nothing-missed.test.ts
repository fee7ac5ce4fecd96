import { atRest, goodLife } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

table('SZ3', [
  ['from zero and back', 'held', (h) => void goodLife(h)],
  [
    'what may wait at zero waits',
    'held',
    (h) => {
      atRest(h).publish(3)
      h.pass(9000)
    },
  ],
  [
    'the consumer begins at the end of the log and commits it',
    'cold-start-loss',
    (h) => {
      atRest(h).publish(60)
      h.pass(600).wake().baseline().pass(6000).sleep()
    },
  ],
  [
    'the group commits nothing, but handles what came later',
    'cold-start-loss',
    (h) => {
      atRest(h).publish(8)
      h.pass(600).wake()
      h.effect(...h.publish(8)).pass(15_000)
    },
  ],
  [
    'nothing waits any more, whoever committed it',
    'cold-start-loss',
    (h) => {
      atRest(h).publish(8)
      h.pass(600).wake()
      for (const [partition, end] of h.ends.entries()) h.committed[partition] = end
      h.pass(4000)
    },
  ],
  [
    'late is not lost',
    'unknown',
    (h) => {
      atRest(h).publish(60)
      h.pass(600).wake().work(20).pass(2000)
    },
  ],
  [
    'a dead letter is no effect',
    'held',
    (h) => {
      atRest(h).publish(8, { expect: 'dead-letter' })
      h.pass(600).wake().baseline().pass(2000)
    },
  ],
])
