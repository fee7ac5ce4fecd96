import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { copiesOf } from './records.ts'

/** OA3: a record is on the log while its transaction still waits at a gate. */
export const publishEarly: Mutation<PublisherView> = {
  predicate: 'OA3',
  says: 'move a record before the opening of the commit gate',
  names: ['dirty-publish'],
  applies: () => true,
  apply(view) {
    const first = view.records.find(({ fate, expected }) => fate === 'visible' && expected !== undefined)
    if (first?.expected === undefined) return undefined
    const { scenario, at, seq, xid } = first.expected.tx.event
    const key = first.expected.key ?? ''
    const base = { scenario, at }
    const gate = { gate: 'commit', key } as const
    return mutated(view.events, {
      without: copiesOf(view, first),
      added: [
        { ...base, ...gate, seq: seq - 0.5, kind: 'gate.closed' },
        {
          ...base,
          ...gate,
          seq: seq - 0.4,
          kind: 'gate.waiting',
          pid: 0,
          applicationName: '',
          xid,
          query: 'COMMIT',
        },
        { ...first.record, seq: seq - 0.3, transactional: false },
        { ...base, ...gate, seq: seq - 0.2, kind: 'gate.opened' },
      ],
    })
  },
}
