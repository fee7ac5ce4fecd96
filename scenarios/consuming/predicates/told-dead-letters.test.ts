import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const FAILS = { expect: 'dead-letter', failures: -1 } as const
const LONG = 3_600_000

const expecting = (h: ConsumerHistory) =>
  h.add({ kind: 'fact', name: 'alerts.expected', subject: 'shipping', value: true })
const alert = (h: ConsumerHistory, subject: string, body = '') =>
  h.add({ kind: 'alert', name: 'dead-letter', subject, body })

table('RD11', [
  ['no address for alerts', 'held', (h) => h.refuse(h.put('o-1', FAILS))],
  [
    'told of it',
    'held',
    (h) => {
      expecting(h)
      const event = h.put('o-1', FAILS)
      h.refuse(event)
      alert(h, event.id)
      h.pass(LONG)
    },
  ],
  [
    'told of it somewhere in a text',
    'held',
    (h) => {
      expecting(h)
      const event = h.put('o-1', FAILS)
      h.refuse(event)
      alert(h, '', `a dead letter: ${event.id}`)
      h.pass(LONG)
    },
  ],
  [
    'told of another one',
    'silent-alert',
    (h) => {
      expecting(h)
      h.refuse(h.put('o-1', FAILS))
      alert(h, 'somebody else')
      h.pass(LONG)
    },
  ],
  [
    'not told yet',
    'unknown',
    (h) => {
      expecting(h)
      h.refuse(h.put('o-1', FAILS))
    },
  ],
])
