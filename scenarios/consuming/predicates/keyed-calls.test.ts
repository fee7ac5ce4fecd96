import { table } from '../fixture/judged.ts'

const TIMES = { startedAt: 0, endedAt: 0, status: 200 }

table('IC8', [
  ['one key for two calls of an event', 'held', (h) => void h.call(h.put('o-1')).call(h.put('o-0'))],
  [
    'the same key again after a failure',
    'held',
    (h) => {
      const event = h.put('o-1')
      h.call(event, event.id, 503).call(event)
    },
  ],
  [
    'another key again',
    'duplicate-external-call',
    (h) => {
      const event = h.put('o-1')
      h.call(event, 'first', 503).call(event, 'second')
    },
  ],
  [
    'one key for two events of an aggregate',
    'shared-idempotency-key',
    (h) => void h.call(h.put('o-1'), 'pay o-1').call(h.put('o-1'), 'pay o-1'),
  ],
  [
    'one key for two events, in two places',
    'held',
    (h) => {
      for (const stub of ['POST /reserve', 'POST /charge'])
        h.add({ kind: 'call', stub, event: h.put('o-1').id, idempotencyKey: 'o-1', ...TIMES })
    },
  ],
  ['no key', 'unkeyed-external-call', (h) => void h.call(h.put('o-1'), null)],
  [
    'a look needs no key',
    'held',
    (h) => void h.add({ kind: 'call', stub: 'GET /rates', idempotencyKey: null, ...TIMES }),
  ],
  [
    'two places, a key each',
    'held',
    (h) => {
      const event = h.put('o-1')
      for (const stub of ['POST /reserve', 'POST /charge'])
        h.add({ kind: 'call', stub, event: event.id, idempotencyKey: stub, ...TIMES })
    },
  ],
  [
    'no calls are declared',
    'held',
    (h) => void h.call(h.put('o-1'), null),
    { consumer: { calls: undefined } },
  ],
])
