import type { ConsumerHistory, Placed } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

function forget(h: ConsumerHistory, { id }: Placed): void {
  h.commitRows([{ table: 'processed', op: 'delete', before: { event_id: id, consumer: 'shipping' } }], 9)
}

/** A copy that comes after a while is applied once more. */
function again(h: ConsumerHistory, event: Placed, milliseconds: number): void {
  h.pass(milliseconds)
  const copy = h.copy(event)
  h.apply(copy, 900)
  h.commit(copy)
}

table('IC7', [
  [
    'a copy is recognised after a year',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.pass(365 * 86_400_000).commit(h.copy(event))
    },
  ],
  [
    'the dedupe row was deleted before a copy came',
    'dedupe-expired',
    (h) => {
      const event = h.handle('o-1')
      forget(h, event)
      again(h, event, 100)
    },
  ],
  [
    'deleted and come again, but later than declared',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.pass(2000)
      forget(h, event)
      again(h, event, 100)
    },
    { consumer: { dedupeWithin: 1000 } },
  ],
  [
    'a memory without a table: what came sooner was recognised',
    'dedupe-expired',
    (h) => {
      const [a, b] = [h.handle('o-0'), h.handle('o-1')]
      h.commit(h.copy(a))
      again(h, b, 3000)
    },
    { consumer: { dedupe: undefined } },
  ],
  [
    'a memory that a restart forgot: that is no matter of time',
    'held',
    (h) => {
      h.started()
      const [a, b] = [h.handle('o-0'), h.handle('o-1')]
      h.commit(h.copy(a)).started(0, 2)
      again(h, b, 3000)
    },
    { consumer: { dedupe: undefined } },
  ],
  [
    'no memory at all: that is IC1’s matter',
    'held',
    (h) => again(h, h.handle('o-1'), 10),
    { consumer: { dedupe: undefined } },
  ],
])
