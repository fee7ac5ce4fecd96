import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const ready = (h: HistoryBuilder) =>
  void h.add({ kind: 'proc', service: 'relay', instance: 0, id: 'process 7', event: 'ready' })

table('OA10', [
  ['nothing was started again', 'held', (h) => ready(h)],
  ['it is back', 'held', (h) => [ready(h), ready(h)]],
  [
    'it is not',
    'never-back',
    (h) => {
      ready(h)
      h.add({ kind: 'fact', name: 'service.gone', subject: 's01-relay#0', value: 'relay died at start' })
    },
  ],
])
