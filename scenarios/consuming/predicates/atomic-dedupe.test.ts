import { table } from '../fixture/judged.ts'

table('IC2', [
  ['effect and dedupe row in one transaction', 'held', (h) => h.handleAll('o-0', 'o-1')],
  [
    'five hundred events in one transaction',
    'held',
    (h) => {
      const events = Array.from({ length: 500 }, (_, n) => h.put(`o-${n % 10}`))
      h.commitRows(
        events.flatMap((event) => [h.effectRow(event), h.dedupeRow(event)]),
        7,
      )
    },
  ],
  [
    'the dedupe row comes earlier',
    'split-dedup',
    (h) => {
      const event = h.put('o-1')
      h.commitRows([h.dedupeRow(event)], 7)
      h.commitRows([h.effectRow(event)], 8)
    },
  ],
  [
    'the dedupe row comes later',
    'split-dedup',
    (h) => {
      const event = h.put('o-1')
      h.commitRows([h.effectRow(event)], 7)
      h.commitRows([h.dedupeRow(event)], 8)
    },
  ],
  ['nothing is remembered', 'split-dedup', (h) => void h.commitRows([h.effectRow(h.put('o-1'))], 7)],
  [
    'no dedupe table is declared',
    'held',
    (h) => void h.commitRows([h.effectRow(h.put('o-1'))], 7),
    { consumer: { dedupe: undefined } },
  ],
  [
    'an old dedupe row is deleted',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.commitRows([{ table: 'processed', op: 'delete', before: { event_id: event.id } }], 9)
    },
  ],
  [
    'remembered without an effect: that is IC1’s matter',
    'held',
    (h) => void h.commitRows([h.dedupeRow(h.put('o-1'))], 7),
  ],
])
