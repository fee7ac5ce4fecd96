import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

function asks(h: ConsumerHistory, strategy: string, group = h.plan.consumer.group): void {
  const settings = { 'partition.assignment.strategy': strategy }
  h.add({ kind: 'k.asked', clientId: 'shipping', software: null, api: 'join-group', group, settings })
}

const classic = (protocol: string | null) => ({ type: 'classic', protocol }) as const

table('CG1', [
  ['the broker assigns', 'held', (h) => void h.generation({ first: [0, 1] })],
  ['cooperative', 'held', (h) => void h.generation({ first: [0, 1] }, classic('cooperative-sticky'))],
  ['ranges', 'eager-assignor', (h) => void h.generation({ first: [0, 1] }, classic('range'))],
  [
    'round robin',
    'eager-assignor',
    (h) => void h.generation({ first: [0, 1] }, classic('RoundRobinAssigner')),
  ],
  ['a group without members', 'held', (h) => void h.generation({}, classic('range'))],
  ['a member offers ranges, and the log does not tell', 'eager-assignor', (h) => asks(h, 'range')],
  ['a member of another group offers ranges', 'held', (h) => asks(h, 'range', 'dead-letters')],
  ['a member offers both, and the log does not tell', 'held', (h) => asks(h, 'cooperative-sticky,range')],
  [
    'a member offers both, and the group chose ranges',
    'eager-assignor',
    (h) => {
      asks(h, 'cooperative-sticky,range')
      h.generation({ first: [0, 1] }, classic('range'))
    },
  ],
])
