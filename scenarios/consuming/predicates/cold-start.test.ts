import { table } from '../fixture/judged.ts'

table('IC1', [
  [
    'the group lost its offset and went on behind it',
    'cold-start-loss',
    (h) => {
      const first = h.handle('o-1')
      h.commit({ ...first, offset: -2 })
      h.commit(h.put('o-1'))
    },
  ],
  [
    'the group lost its offset and began from the start',
    'held',
    (h) => {
      const first = h.handle('o-1')
      h.commit({ ...first, offset: -2 })
      const next = h.put('o-1')
      h.commit(first).apply(next)
      h.commit(next)
    },
  ],
  [
    'the group lost its offset, and the event was tried in vain',
    'lost-effect',
    (h) => {
      const first = h.handle('o-1')
      h.commit({ ...first, offset: -2 })
      const next = h.put('o-1')
      h.attempt(next).commit(next)
    },
  ],
  [
    'it was there before the group began to read at the end',
    'cold-start-loss',
    (h) => {
      const event = h.put('o-1')
      h.generation({ shipping: [0, 1] })
        .beginReading(event.partition, 1)
        .handle('o-1')
    },
  ],
  [
    'another reader of the topic began behind it, and the group at its start',
    'lost-effect',
    (h) => {
      const { partition } = h.put('o-1')
      h.generation({ shipping: [0, 1] }).beginReading(partition, 1, 'audit')
      h.beginReading(partition, 0).handle('o-1')
    },
  ],
  [
    'the group began at the end, and lost what came then, too',
    'lost-effect',
    (h) => {
      const { partition } = h.put('o-1')
      h.beginReading(partition, 1)
      h.put('o-1')
      h.handle('o-1')
    },
  ],
  [
    'it was there before the group began to read at the end, and was tried in vain',
    'lost-effect',
    (h) => {
      const event = h.put('o-1')
      h.beginReading(event.partition, 1).attempt(event).commit(event)
    },
  ],
])
