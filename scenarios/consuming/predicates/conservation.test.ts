import { table } from '../fixture/judged.ts'

const FAILS = { expect: 'dead-letter', failures: -1 } as const

table('RD8', [
  [
    'effects and dead letters are all there is',
    'held',
    (h) => {
      h.handleAll('o-0', 'o-1')
      h.fail(h.put('o-1', FAILS))
    },
  ],
  ['neither', 'conservation-broken', (h) => void h.commit(h.put('o-1'))],
  [
    'neither, of a consumer that declares no dead letters: IC1 tells it',
    'held',
    (h) => void h.commit(h.put('o-1')),
    { consumer: { retry: undefined } } as never,
  ],
  ['neither, and expected to be dead', 'conservation-broken', (h) => void h.commit(h.put('o-1', FAILS))],
  ['neither, and not committed past', 'held', (h) => void h.put('o-1')],
  [
    'both',
    'conservation-broken',
    (h) => {
      const event = h.handle('o-1')
      h.divert(event, 'dead-letter')
    },
  ],
  [
    'both, after a redrive',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.fail(event)
      h.apply(h.copy(event))
    },
  ],
])
