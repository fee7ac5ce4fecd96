import { table } from '../fixture/judged.ts'

table('OR4', [
  [
    'the new owner handles what was open',
    'held',
    (h) => {
      h.generation({ first: [0, 1] })
      const event = h.put('o-1')
      h.generation({ second: [0, 1] })
        .attempt(event)
        .apply(event)
      h.commit(event)
    },
  ],
  [
    'the new owner goes on at the end',
    'gap-after-rewind',
    (h) => {
      h.generation({ first: [0, 1] })
      h.put('o-1')
      h.generation({ second: [0, 1] }).handle('o-1')
    },
  ],
  [
    'lost, but long after the change',
    'held',
    (h) => {
      h.generation({ first: [0, 1] }).generation({ second: [0, 1] })
      h.commit(h.put('o-1'))
    },
  ],
  [
    'tried by the new owner and lost: that is no gap',
    'held',
    (h) => {
      h.generation({ first: [0, 1] })
      const event = h.put('o-1')
      h.generation({ second: [0, 1] })
        .attempt(event)
        .commit(event)
    },
  ],
  [
    'it was remembered before: what passed it took it for done',
    'held',
    (h) => {
      h.generation({ first: [0, 1] })
      const event = h.put('o-1')
      h.commitRows([h.dedupeRow(event)], event.xid)
      h.generation({ second: [0, 1] }).commit(event)
    },
  ],
  [
    'its partition did not move',
    'held',
    (h) => {
      h.generation({ first: [0, 1] })
      const event = h.put('o-1')
      h.generation({ first: [1], second: [0] }).commit(event)
    },
  ],
  [
    'the group committed no further',
    'held',
    (h) => {
      h.generation({ first: [0, 1] })
      h.put('o-1')
      h.generation({ second: [0, 1] })
    },
  ],
])
