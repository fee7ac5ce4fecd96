import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { isDiverted } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { probeName } from './victims.ts'

/** IC3: the offset of an event is committed while its effect still waits at the effect gate. */
export const commitEarly: Mutation<ConsumerView> = {
  predicate: 'IC3',
  says: 'commit the offset of an event whose effect waits at the gate',
  names: ['commit-before-effect'],
  applies: (view) => view.plan.consumer.progress === 'kafka',
  apply(view) {
    const event = view.consumed.find(
      (one) => one.deliveries.length === 1 && one.effects[0] !== undefined && !isDiverted(one),
    )
    const tx = event?.effects[0]?.tx
    const record = event?.deliveries[0]?.record
    if (event === undefined || tx === undefined || record === undefined) return undefined
    const { scenario, at, seq, xid } = tx
    const { group } = view.plan.consumer
    const key = probeName(event, view)
    const base = { scenario, at }
    const gate = { ...base, gate: 'effect', key } as const
    const { topic, partition, offset } = record
    const commits = view.group.commitsOf(topic, partition).map((commit) => commit.seq)
    return mutated(view.events, {
      without: [...commits, record.seq],
      added: [
        { ...gate, seq: seq - 0.9, kind: 'gate.closed' },
        { ...record, seq: seq - 0.8 },
        { ...gate, seq: seq - 0.7, kind: 'gate.waiting', pid: 0, applicationName: '', xid, query: 'COMMIT' },
        {
          ...base,
          seq: seq - 0.6,
          kind: 'k.commit',
          group,
          topic,
          partition,
          offset: offset + 1,
          position: 0,
        },
        { ...gate, seq: seq - 0.5, kind: 'gate.opened' },
      ],
    })
  },
}
