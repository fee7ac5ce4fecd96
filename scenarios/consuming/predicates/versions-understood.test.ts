import type { ConsumerHistory, Placed } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** Handled events of the newest version, and one of version 1 that is left to the test. */
function mixed(h: ConsumerHistory): Placed {
  h.handleAll('o-1', 'o-2', 'o-3', 'o-4')
  const old = h.put('o-1')
  h.add({ kind: 'fact', name: 'input.version', subject: old.id, value: 'v1' })
  return old
}

table('EV1', [
  [
    'an event of version 1 takes effect',
    'held',
    (h) => {
      const old = mixed(h)
      h.apply(old)
      h.commit(old)
    },
  ],
  ['it is passed over', 'version-not-read', (h) => void h.commit(mixed(h))],
  ['it becomes a dead letter', 'version-not-read', (h) => h.refuse(mixed(h))],
  [
    'it takes effect with the amount in another unit',
    'version-misread',
    (h) => {
      const old = mixed(h)
      h.commitRows([h.effectRow(old, { amount: String(old.amount * 100) }), h.dedupeRow(old)], old.xid)
      h.commit(old)
    },
  ],
  [
    'it was let fail on purpose',
    'held',
    (h) => {
      mixed(h)
      const failing = h.put('o-2', { expect: 'dead-letter', failures: -1, retriable: false })
      h.add({ kind: 'fact', name: 'input.version', subject: failing.id, value: 'v1' })
      h.refuse(failing)
    },
  ],
  ['nobody is past it yet', 'held', (h) => void mixed(h)],
  [
    'another event is passed over, of the newest version',
    'held',
    (h) => {
      const old = mixed(h)
      h.apply(old)
      h.commit(old)
      h.commit(h.put('o-2'))
    },
  ],
])
