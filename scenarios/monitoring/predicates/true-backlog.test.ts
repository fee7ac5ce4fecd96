import { goodLife, keepsUp, summed, truthful } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const refresh = { bounds: { refresh: 2000 } }

table('LG1', [
  ['as it is, always', 'held', (h) => void goodLife(h)],
  [
    'a sum over all partitions',
    'held',
    (h) => {
      h.monitor = summed
      goodLife(h)
    },
  ],
  [
    'partitions where nothing waits are left out',
    'held',
    (h) => {
      h.monitor = () => truthful(h)?.filter(({ waits }) => waits > 0)
      goodLife(h)
    },
  ],
  [
    'events come while it is asked',
    'held',
    (h) =>
      void keepsUp(h)
        .ask((now) => now.publish(9))
        .pass(1000),
  ],
  [
    'the group commits while it is asked',
    'held',
    (h) =>
      void keepsUp(h)
        .publish(9)
        .ask((now) => now.consume())
        .pass(1000),
  ],
  [
    'what was so at the last poll',
    'wrong-backlog',
    (h) => {
      // A consumer's own client knows no more than what it fetched last.
      let polled = truthful(h)
      h.monitor = () => polled
      keepsUp(h)
      polled = truthful(h)
      h.die().publish(60).pass(2000)
    },
  ],
  [
    'another group',
    'wrong-backlog',
    (h) => {
      h.monitor = () => h.ends.map((_, partition) => ({ backlog: 'lag', part: String(partition), waits: 3 }))
      keepsUp(h)
    },
  ],
  [
    'one too many',
    'wrong-backlog',
    (h) => {
      h.monitor = () => truthful(h)?.map((told) => ({ ...told, waits: told.waits + 1 }))
      keepsUp(h)
    },
  ],
  [
    'a sum over two of three partitions',
    'wrong-backlog',
    (h) => {
      h.monitor = () => [
        {
          backlog: 'lag',
          part: null,
          waits: (truthful(h) ?? []).slice(0, 2).reduce((sum, { waits }) => sum + waits, 0),
        },
      ]
      goodLife(h)
    },
  ],
  [
    'a new partition, and the monitor tells of it',
    'held',
    (h) => void keepsUp(h).die().addPartition().publish(7, 3).pass(2000),
  ],
  [
    'a new partition that the monitor does not know',
    'hidden-backlog',
    (h) => {
      h.monitor = () => truthful(h)?.slice(0, 3)
      keepsUp(h).die().addPartition().publish(7, 3).pass(2000)
    },
  ],
  [
    'a partition of which the group has no offset counts for nothing',
    'wrong-backlog',
    (h) => {
      h.monitor = () =>
        truthful(h)?.map((told) => ({
          ...told,
          waits: (h.committed[Number(told.part)] ?? -1) < 0 ? 0 : told.waits,
        }))
      keepsUp(h).die().addPartition().publish(7, 3).pass(2000)
    },
  ],
  [
    'answers without a number of this group',
    'hidden-backlog',
    (h) => {
      h.monitor = () => []
      goodLife(h)
    },
  ],
  [
    'as it was a second ago, and two are declared',
    'held',
    (h) => {
      let [old, before] = [truthful(h), truthful(h)]
      let asked = 0
      h.monitor = () => {
        if (asked++ % 4 === 0) [old, before] = [before, truthful(h)]
        return old
      }
      goodLife(h)
    },
    refresh,
  ],
  [
    'as it was long ago, and two seconds are declared',
    'wrong-backlog',
    (h) => {
      const old = truthful(h)
      h.monitor = () => old
      goodLife(h, 4000)
    },
    refresh,
  ],
  [
    'offsets expire, and all waits again',
    'held',
    (h) =>
      void keepsUp(h)
        .die()
        .pass(500)
        .ask((now) => now.expire())
        .pass(1000)
        .comeBack()
        .consume()
        .pass(500),
  ],
  [
    'offsets expire, and the monitor goes by what they were',
    'wrong-backlog',
    (h) => {
      keepsUp(h).die().pass(500)
      const known = truthful(h)
      h.monitor = () => known
      h.expire().pass(1000)
    },
  ],
  ['nobody asks', 'unknown', (h) => void h.look().look()],
  [
    'no answer is no wrong one',
    'unknown',
    (h) => {
      h.monitor = () => undefined
      keepsUp(h)
    },
  ],
])
